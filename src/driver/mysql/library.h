#pragma once

namespace crossload::driver::mysql {

/// Makes the client library ready for use by the calling thread; cheap after the first time.
/// Throws: Error kConnectionFailed. Thread: any.
void enter_library();

}  // namespace crossload::driver::mysql
