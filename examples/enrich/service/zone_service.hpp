// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace enrich {

/// A web service that knows the time zones of countries: `GET /v1/countries/AT/zones` gives
///
///     {"country": "AT", "zones": [{"name": "Europe/Vienna", "coordinates": "+4813+01620"}]}
///
/// and 404 for a country that has none. As services do it is busy now and then: the first request for every tenth country
/// gets 503.
class zone_service {
public:
    /// Reads the table of the time zone database (zone1970.tab), and serves that many clients at once from now on.
    /// Throws std::runtime_error.
    zone_service(const std::filesystem::path& table, std::size_t clients);
    ~zone_service();
    zone_service(const zone_service&) = delete;
    zone_service& operator=(const zone_service&) = delete;

    /// `http://127.0.0.1:12345/v1`.
    [[nodiscard]] std::string url() const;
    /// How many requests got 503.
    [[nodiscard]] std::size_t turned_away() const noexcept;

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace enrich
