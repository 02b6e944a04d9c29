#include "driver_world.h"
#include "fake_driver.h"

namespace crossload::testing {
namespace {

class FakeWorld : public DriverWorld {
 public:
  FakeWorld() : database_(driver_.add_database("contract")) {}
  driver::Driver& driver() override { return driver_; }
  driver::Endpoint endpoint() override {
    driver::Endpoint endpoint;
    endpoint.profile = "fake";
    return endpoint;
  }
  DriverTraits traits() const override { return {true, true, true}; }
  std::string database_name() const override { return "contract"; }
  void create_table(const Table& table) override {
    database_.tables[table.name.name].definition = table;
  }

 private:
  FakeDriver driver_;
  FakeDatabase& database_;
};

}  // namespace

std::unique_ptr<DriverWorld> make_fake_world() {
  return std::make_unique<FakeWorld>();
}

}  // namespace crossload::testing
