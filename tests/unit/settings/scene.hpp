// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include <boost/hana/adapt_struct.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

enum class color { red, green };

struct proxy_settings {
    std::string host{};
    std::uint16_t port = 80;
};

struct service_settings {
    std::string host = "localhost";
    int port = 443;
    unsigned retries = 3;
    double ratio = 0.5;
    bool verbose = false;
    std::chrono::milliseconds timeout{30'000};
    std::filesystem::path file{};
    color kind = color::red;
    std::optional<int> limit{};
    std::vector<std::string> tags{};
    std::map<std::string, int> weights{};
    std::multimap<std::string, std::string, std::greater<>> headers{};
    proxy_settings proxy{};
    std::string password{};
    std::uint8_t level = 1;
};

/// An adapter that wants a file, and a port that is not 1.
struct service_adapter {
    struct resource_type {
        service_settings settings;
    };
    using settings = service_settings;

    explicit service_adapter(settings s) : settings_{std::move(s)} {}
    static void check(const settings& s, configuration_check& check)
    {
        if (s.file.empty())
            check.wrong("file", "the name of a file");
        if (s.port == 1)
            check.wrong("port", "another port", "1");
    }
    resource_type create() { return {settings_}; }

private:
    settings settings_;
};

using service = resource<"service", service_adapter>;
using other = resource<"other", service_adapter, pooling::shared>;
using settings_type = settings<catalog<service, other>>;

/// What is read under the name of one resource.
inline service_settings read_service(std::string_view text)
{
    return settings_type::from_yaml(text, "s.yaml").get<"service">();
}

/// The text of the error; empty if there is none.
inline std::string problems_of(std::string_view text)
{
    try {
        static_cast<void>(settings_type::from_yaml(text, "s.yaml"));
        return {};
    } catch (const settings_error& e) {
        return e.what();
    }
}

/// A variable of the environment for the time of a test; null removes it.
class variable {
public:
    variable(const char* name, const char* value) : name_{name}
    {
        value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
    }
    ~variable() { ::unsetenv(name_); }
    variable(const variable&) = delete;
    variable& operator=(const variable&) = delete;

private:
    const char* name_;
};

} // namespace steward::test

BOOST_HANA_ADAPT_STRUCT(steward::test::proxy_settings, host, port);
BOOST_HANA_ADAPT_STRUCT(steward::test::service_settings, host, port, retries, ratio, verbose, timeout, file, kind,
                        limit, tags, weights, headers, proxy, password, level);

template <>
inline constexpr auto steward::setting_words<steward::test::color> =
    std::to_array<std::pair<std::string_view, steward::test::color>>(
        {{"red", steward::test::color::red}, {"green", steward::test::color::green}});
