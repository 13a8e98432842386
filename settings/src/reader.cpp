// SPDX-License-Identifier: BSL-1.0
#include <steward/settings.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

namespace steward::inline v0::detail {

namespace {

// The whole text as a number, or nothing.
template <class T>
std::optional<T> number(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

struct unit {
    std::string_view name;
    double seconds;
};
constexpr std::array units{unit{"ns", 1e-9}, unit{"us", 1e-6}, unit{"ms", 1e-3}, unit{"s", 1},
                           unit{"min", 60},  unit{"h", 3600},  unit{"", 1}};

} // namespace

std::vector<bool> settings_reader::read_members(const settings_node& from, std::string_view what,
                                                std::span<const settings_field> fields, void* object)
{
    std::vector<bool> given(fields.size());
    if (from.is == settings_node::kind::nothing)
        return given;
    if (from.is != settings_node::kind::map) {
        expected(from, "names and values");
        return given;
    }
    for (std::size_t i = 0; i != from.names.size(); ++i) {
        const auto& [name, where, is_broken] = from.names[i];
        if (is_broken)
            continue;
        const auto field = std::ranges::find(fields, std::string_view{name}, &settings_field::name);
        if (field == fields.end()) {
            std::vector<std::string_view> names;
            std::ranges::transform(fields, std::back_inserter(names), &settings_field::name);
            const std::string_view nearest = nearest_name(name, names);
            std::string message{"unknown "};
            message.append(what).append(" '").append(name).append("'");
            if (!nearest.empty())
                message.append(" (did you mean '").append(nearest).append("'?)");
            wrong(where, message);
            continue;
        }
        given[static_cast<std::size_t>(field - fields.begin())] = true;
        path_.push_back(field->name);
        field->read(*this, from.items[i], object);
        path_.pop_back();
    }
    return given;
}

std::optional<std::string_view> settings_reader::text(const settings_node& from, std::string_view what)
{
    if (from.is == settings_node::kind::scalar)
        return from.text;
    expected(from, what);
    return std::nullopt;
}

std::optional<bool> settings_reader::boolean(const settings_node& from)
{
    if (from.is == settings_node::kind::scalar && !from.quoted) {
        if (from.text == "true")
            return true;
        if (from.text == "false")
            return false;
    }
    expected(from, "true or false");
    return std::nullopt;
}

std::optional<std::int64_t> settings_reader::integer(const settings_node& from, std::int64_t least, std::uint64_t most)
{
    if (from.is == settings_node::kind::scalar && !from.quoted)
        if (const auto value = number<std::int64_t>(from.text);
            value && *value >= least && (*value < 0 || static_cast<std::uint64_t>(*value) <= most))
            return value;
    const bool natural = least == 0;
    const bool any = most >= static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max());
    expected(from, any && natural ? std::string{"a whole number of zero or more"}
                   : any          ? std::string{"a whole number"}
                                  : "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<double> settings_reader::real(const settings_node& from)
{
    if (from.is == settings_node::kind::scalar && !from.quoted)
        if (const auto value = number<double>(from.text); value && std::isfinite(*value))
            return value;
    expected(from, "a number");
    return std::nullopt;
}

std::optional<std::chrono::nanoseconds> settings_reader::duration(const settings_node& from)
{
    if (from.is == settings_node::kind::scalar) {
        const std::size_t end = std::min(from.text.find_first_not_of("0123456789.+-eE"), from.text.size());
        const std::string_view digits = std::string_view{from.text}.substr(0, end);
        std::string_view name = std::string_view{from.text}.substr(end);
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        const auto of = std::ranges::find(units, name, &unit::name);
        const auto value = number<double>(digits);
        // beyond what nanoseconds can hold it is for ever
        if (of != units.end() && value && std::isfinite(*value)) {
            const double nanoseconds = *value * of->seconds * 1e9;
            if (std::abs(nanoseconds) < 9.2e18)
                return std::chrono::nanoseconds{std::llround(nanoseconds)};
            return nanoseconds > 0 ? std::chrono::nanoseconds::max() : std::chrono::nanoseconds::min();
        }
    }
    expected(from, "a time such as 500ms, 5s, 2min or 1h");
    return std::nullopt;
}

void settings_reader::expected(const settings_node& from, std::string_view what)
{
    if (from.broken)
        return;
    std::string message{"expected "};
    message.append(what).append(", got ");
    const bool secret = std::ranges::any_of(path_, is_secret);
    switch (from.is) {
    case settings_node::kind::nothing: message.append("nothing"); break;
    case settings_node::kind::list: message.append("a list"); break;
    case settings_node::kind::map: message.append("names and values"); break;
    case settings_node::kind::scalar:
        if (secret)
            message.append("something else");
        else
            message.append("'").append(from.written.empty() ? from.text : from.written).append("'");
    }
    wrong(from.where, message);
}

void settings_reader::wrong(file_place where, std::string_view message)
{
    std::string text;
    for (std::size_t i = 1; i < path_.size(); ++i) // behind the resource, which the place shows
        text.append(i == 1 ? "" : ".").append(path_[i]);
    text.append(text.empty() ? "" : ": ").append(message);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' '); // of names in the file
    problems_.push_back({where.line, where.column, std::move(text)});
}

void settings_reader::finish()
{
    if (!problems_.empty())
        throw settings_error{file_, std::move(problems_)};
}

std::string read_settings_file(const std::filesystem::path& file)
{
    try {
        std::ifstream stream{file, std::ios::binary};
        stream.exceptions(std::ios::badbit | std::ios::failbit);
        return {std::istreambuf_iterator<char>{stream}, {}};
    } catch (const std::ios_base::failure&) { // it is missing, or a directory
        throw settings_error{file.string(), {{1, 1, "it cannot be read"}}};
    }
}

} // namespace steward::inline v0::detail
