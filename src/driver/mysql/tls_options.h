#pragma once

#include "crossload/base/uri.h"

#include "handles.h"

namespace crossload::driver::mysql {

/// Gives the library what stands behind the URL's '?', by the client library's own names: ssl-mode,
/// ssl-ca, ssl-capath, ssl-cert, ssl-key, ssl-cipher, ssl-crl, ssl-crlpath, ssl-verify-server-cert,
/// ssl, tls-version, default-auth, plugin-dir, server-public-key-path, compress, connect-timeout.
/// "socket" is left to the caller. True where the connection must be encrypted: not every library
/// refuses to go on in the clear by itself. Throws: Error kInvalidArgument for any other option.
bool set_url_options(MYSQL* handle, const Uri& url);

}  // namespace crossload::driver::mysql
