// SPDX-License-Identifier: BSL-1.0
#include "service/zone_service.hpp"

#include "service/server.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace enrich {

namespace {

/// A country's zones, and whether a request for them was made before.
struct entry {
    nlohmann::json zones = nlohmann::json::array();
    bool is_busy = false;
    std::atomic<bool> was_asked{false};
};
using directory = std::map<std::string, entry, std::less<>>;

// A line: the countries between commas, coordinates, the zone's name and, perhaps, a comment, between tabs.
void read_line(const std::string& line, directory& all)
{
    std::istringstream fields{line};
    std::string countries, coordinates, name, comment;
    if (!std::getline(fields, countries, '\t') || !std::getline(fields, coordinates, '\t')
        || !std::getline(fields, name, '\t'))
        throw std::runtime_error{fmt::format("expected countries, coordinates and a zone in: {}", line)};
    std::getline(fields, comment);
    nlohmann::json zone{{"name", name}, {"coordinates", coordinates}};
    if (!comment.empty())
        zone["comment"] = comment;
    std::istringstream codes{countries};
    for (std::string code; std::getline(codes, code, ',');)
        all[code].zones.push_back(zone);
}

[[nodiscard]] directory read_table(const std::filesystem::path& table)
{
    std::ifstream file{table};
    if (!file)
        throw std::runtime_error{fmt::format("{} cannot be read (Debian: tzdata)", table.string())};
    directory all;
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && !line.starts_with('#'))
            read_line(line, all);
    std::size_t number = 0;
    for (auto& [code, country] : all)
        country.is_busy = ++number % 10 == 0;
    return all;
}

} // namespace

struct zone_service::parts {
    directory countries;
    std::atomic<std::size_t> turned_away{0};
    server http;

    parts(const std::filesystem::path& table, std::size_t clients) : countries{read_table(table)}, http{clients}
    {
        http.handlers.Get(R"(/v1/countries/([A-Z]{2})/zones)",
                          [this](const httplib::Request& request, httplib::Response& response) {
                              answer(request.matches[1].str(), response);
                          });
        http.start();
    }

    void answer(const std::string& code, httplib::Response& response)
    {
        const auto found = countries.find(code);
        if (found == countries.end()) {
            response.status = 404;
        } else if (found->second.is_busy && !found->second.was_asked.exchange(true)) {
            ++turned_away;
            response.status = 503;
        } else {
            const nlohmann::json body{{"country", code}, {"zones", found->second.zones}};
            response.set_content(body.dump(), "application/json");
        }
    }
};

zone_service::zone_service(const std::filesystem::path& table, std::size_t clients)
    : parts_{std::make_unique<parts>(table, clients)}
{
}
zone_service::~zone_service() = default;

std::string zone_service::url() const { return parts_->http.url(); }
std::size_t zone_service::turned_away() const noexcept { return parts_->turned_away; }

} // namespace enrich
