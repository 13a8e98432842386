// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/raw_listener.hpp"

#include <functional>
#include <string>
#include <utility>

namespace steward::test {

/// One that HTTP clients speak to: `serve` has a connection once its request's headers were read.
class raw_server : public raw_listener {
public:
    explicit raw_server(std::function<void(int connection)> serve)
        : raw_listener{[serve = std::move(serve)](int connection) {
              std::string request;
              char next = 0;
              while (!request.ends_with("\r\n\r\n") && ::recv(connection, &next, 1, 0) == 1)
                  request += next;
              serve(connection);
          }}
    {
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
};

} // namespace steward::test
