// SPDX-License-Identifier: BSL-1.0
#include "place.hpp"

#include "results.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lab {

namespace {

// Enough of what is there to recognize it.
std::string shown(const nlohmann::ordered_json& value)
{
    if (value.is_object())
        return value.empty() ? "an empty object" : "an object";
    if (value.is_array())
        return value.empty() ? "an empty array" : "an array";
    const std::string all = value.dump(-1, ' ', true); // ASCII: can be cut anywhere
    return all.size() <= 60 ? all : all.substr(0, 57) + "...";
}

} // namespace

void place::expected(std::string_view what) const
{
    throw malformed{
        fmt::format("{}: {}: expected {}, not {}", file_, path_.empty() ? "the whole" : path_, what, shown(*value_))};
}

void place::is(bool holds, std::string_view what) const
{
    if (!holds)
        expected(what);
}

std::optional<place> place::find(const std::string& name) const
{
    is(value_->is_object(), "an object");
    const auto found = value_->find(name);
    if (found == value_->end())
        return std::nullopt;
    return place{*found, file_, path_ + "/" + name};
}

place place::at(const std::string& name) const
{
    const auto found = find(name);
    if (!found)
        throw malformed{fmt::format("{}: {}: expected a member \"{}\", which is not there", file_,
                                    path_.empty() ? "the whole" : path_, name)};
    return *found;
}

const std::string& place::text() const
{
    is(value_->is_string() && !value_->get_ref<const std::string&>().empty(), "a text that is not empty");
    return value_->get_ref<const std::string&>();
}

bool place::boolean() const
{
    is(value_->is_boolean(), "true or false");
    return value_->get<bool>();
}

int place::count(int least) const
{
    constexpr double most = 1e6;
    const bool is_whole = value_->is_number() && std::floor(value_->get<double>()) == value_->get<double>();
    is(is_whole && value_->get<double>() >= least && value_->get<double>() <= most,
       fmt::format("a whole number from {} to 1000000", least));
    return value_->get<int>();
}

double place::number_from_zero() const
{
    is(value_->is_number() && value_->get<double>() >= 0, "a number, 0 or greater");
    return value_->get<double>();
}

double place::number_above_zero() const
{
    is(value_->is_number() && value_->get<double>() > 0, "a number greater than 0");
    return value_->get<double>();
}

} // namespace lab
