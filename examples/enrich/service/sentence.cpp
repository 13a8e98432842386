// SPDX-License-Identifier: BSL-1.0
#include "service/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace enrich {

namespace {

/// `America/Argentina/Buenos_Aires` as people say it.
[[nodiscard]] std::string place_of(std::string_view zone)
{
    std::string place{zone.substr(zone.rfind('/') + 1)}; // npos + 1 is the beginning
    std::ranges::replace(place, '_', ' ');
    return place;
}

[[nodiscard]] std::vector<std::string> places_in(std::string_view zones)
{
    std::vector<std::string> places;
    for (bool more = true; more;) {
        const std::size_t end = zones.find(", ");
        places.push_back(place_of(zones.substr(0, end)));
        more = end != std::string_view::npos;
        zones.remove_prefix(more ? end + 2 : zones.size());
    }
    return places;
}

} // namespace

std::string sentence_for(std::string_view prompt)
{
    constexpr std::string_view begin = "Describe ", middle = ". Its time zones: ";
    const std::size_t at = prompt.find(middle);
    if (!prompt.starts_with(begin) || !prompt.ends_with('.') || at == std::string_view::npos)
        return "This model can only speak of countries and their time zones.";
    const std::string_view country = prompt.substr(begin.size(), at - begin.size());
    prompt.remove_suffix(1);
    const std::vector<std::string> places = places_in(prompt.substr(at + middle.size()));
    if (places.size() == 1)
        return fmt::format("{} lives by the time of {}.", country, places.front());
    return fmt::format("{} knows {} times, among them those of {} and {}.", country, places.size(), places.front(),
                       places.back());
}

} // namespace enrich
