// SPDX-License-Identifier: BSL-1.0
#include "json_lines.hpp"

#include "value_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace steward::inline v0::adapters::detail {

namespace {

using nlohmann::json;

constexpr std::string_view blob_name = "$blob", real_name = "$real";
constexpr std::string_view expected_members =
    R"(an object whose members are texts, numbers, true, false, null, {"$blob": "<hexadecimal>"} or {"$real": "inf"})";

/// Puts the members of one object, as the parser meets them, where they belong; false where something is refused.
class object_reader final : public nlohmann::json_sax<json> {
public:
    explicit object_reader(std::vector<json_member>& members) : members_{members} {}

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] std::string_view expected() const noexcept { return expected_; }

    bool null() override { return set(value{}); }
    bool boolean(bool b) override { return set(value{std::int64_t{b}}); }
    bool number_integer(std::int64_t number) override { return set(value{number}); }
    bool number_unsigned(std::uint64_t number) override
    {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return refuse("an integer of at most 2^63 - 1");
        return set(value{static_cast<std::int64_t>(number)});
    }
    bool number_float(double, const std::string& text) override
    {
        // Not the parser's number, which depends on the locale.
        const std::optional<value> number = parse_number(text);
        return number ? set(*number) : refuse("a number that fits into 64 bits");
    }
    bool string(std::string& text) override
    {
        if (depth_ == 2)
            return special(text);
        if (depth_ == 1) {
            current().kind = value_kind::text;
            current().text.swap(text);
        }
        return depth_ == 1 || refuse(expected_members);
    }
    bool binary(json::binary_t&) override { return refuse(expected_members); }
    bool start_object(std::size_t) override { return ++depth_ <= 2 || refuse(expected_members); }
    bool key(std::string& name) override
    {
        if (depth_ == 2) {
            special_name_ = name;
            return ++special_members_ == 1 || refuse(expected_members);
        }
        special_members_ = 0;
        if (count_ == members_.size())
            members_.emplace_back();
        json_member& next = members_[count_++];
        next.name.swap(name);
        next.kind = value_kind::null;
        next.number = value{};
        return true;
    }
    bool end_object() override { return --depth_ == 0 || special_members_ == 1 || refuse(expected_members); }
    bool start_array(std::size_t) override { return refuse(expected_members); }
    bool end_array() override { return refuse(expected_members); }
    bool parse_error(std::size_t, const std::string&, const json::exception&) override
    {
        return refuse("a JSON object on one line");
    }

private:
    json_member& current() noexcept { return members_[count_ - 1]; }
    bool refuse(std::string_view expected) noexcept
    {
        if (expected_.empty())
            expected_ = expected;
        return false;
    }
    bool set(const value& number) noexcept
    {
        if (depth_ != 1)
            return refuse(expected_members);
        current().kind = number.kind();
        current().number = number;
        return true;
    }
    bool special(std::string_view text)
    {
        if (special_name_ == blob_name && parse_hex(text, current().blob)) {
            current().kind = value_kind::blob;
            return true;
        }
        if (special_name_ != real_name || (text != "inf" && text != "-inf"))
            return refuse(expected_members);
        const double infinity = std::numeric_limits<double>::infinity();
        current().kind = value_kind::real;
        current().number = value{text == "inf" ? infinity : -infinity};
        return true;
    }

    std::vector<json_member>& members_;
    std::size_t count_ = 0;
    int depth_ = 0;
    int special_members_ = 0;
    std::string special_name_;
    std::string_view expected_;
};

bool is_blank(std::string_view line) noexcept { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

} // namespace

bool json_lines_reader::next(std::vector<json_member>& members)
{
    while (!rest_.empty() && !problem_) {
        const std::size_t end = std::min(rest_.find('\n'), rest_.size());
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++line_;
        if (is_blank(line))
            continue;
        object_reader reader{members};
        if (!json::sax_parse(line.begin(), line.end(), &reader)) {
            problem_ = {line_, reader.expected()};
            return false;
        }
        members.resize(reader.count());
        return true;
    }
    return false;
}

void append_json_text(std::string& to, std::string_view text)
{
    static constexpr std::string_view digits{"0123456789abcdef"};
    to += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (to += '\\') += c;
        else if (c == '\n')
            to.append("\\n");
        else if (byte < 0x20 || byte == 0x7f)
            ((to.append("\\u00")) += digits[byte >> 4]) += digits[byte & 15];
        else
            to += c;
    }
    to += '"';
}

void append_json(std::string& to, const value& member)
{
    switch (member.kind()) {
    case value_kind::integer: append_integer(to, member.integer()); break;
    case value_kind::real:
        if (std::isinf(member.real()))
            to.append(member.real() > 0 ? R"({"$real": "inf"})" : R"({"$real": "-inf"})");
        else
            append_real(to, member.real());
        break;
    case value_kind::text: append_json_text(to, member.text()); break;
    case value_kind::blob:
        to.append(R"({"$blob": ")");
        append_hex(to, member.blob());
        to.append("\"}");
        break;
    default: to.append("null"); break;
    }
}

} // namespace steward::inline v0::adapters::detail
