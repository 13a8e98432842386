// SPDX-License-Identifier: BSL-1.0
#include "server_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

bool in_word(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Replaces an argument where it stands as words of its own; a long one everywhere.
void hide(std::string& text, std::string_view argument)
{
    static constexpr std::size_t is_long = 8;
    if (argument.empty())
        return;
    for (std::size_t at = text.find(argument); at != std::string::npos; at = text.find(argument, at)) {
        const std::size_t end = at + argument.size();
        const bool apart = (at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]));
        if (apart || argument.size() >= is_long)
            text.replace(at, argument.size(), "***");
        at += apart || argument.size() >= is_long ? 3 : 1;
    }
}

std::string_view advice(std::string_view code, redis_errc kind) noexcept
{
    if (code == "MOVED" || code == "ASK" || code == "CROSSSLOT")
        return "; this is a node of a cluster, whose redirections a session does not follow";
    if (code == "NOAUTH")
        return "; set password";
    switch (kind) {
    case redis_errc::busy: return "; try again later";
    case redis_errc::out_of_memory: return "; raise maxmemory, or let keys expire";
    case redis_errc::wrong_type: return "; use the commands of its type, or another key";
    default: return "";
    }
}

} // namespace

redis_errc kind_of_error(std::string_view text) noexcept
{
    using enum redis_errc;
    static constexpr auto kinds = std::to_array<std::pair<std::string_view, redis_errc>>({
        {"WRONGTYPE", wrong_type},
        {"NOAUTH", permission_denied},
        {"WRONGPASS", permission_denied},
        {"NOPERM", permission_denied},
        {"DENIED", permission_denied},
        {"READONLY", read_only},
        {"MISCONF", read_only},
        {"NOREPLICAS", busy},
        {"BUSY", busy},
        {"LOADING", busy},
        {"MASTERDOWN", busy},
        {"CLUSTERDOWN", busy},
        {"TRYAGAIN", busy},
        {"ERR max number of clients reached", busy},
        {"OOM", out_of_memory},
    });
    for (const auto& [begin, kind] : kinds)
        if (text.starts_with(begin) && (text.size() == begin.size() || !in_word(text[begin.size()])))
            return kind;
    return other;
}

bool says_alive(const redis_reply& pong)
{
    if (pong.is_error())
        return kind_of_error(pong.text()) == redis_errc::read_only;
    return pong.type() == redis_reply::kind::status && pong.text() == "PONG";
}

std::string shown_error(std::string_view text, std::span<const std::string_view> command)
{
    static constexpr std::size_t longest = 200;
    const std::string_view code = text.substr(0, text.find(' '));
    // Of a password's command nothing is repeated; an unknown command's arguments are, though not letter by letter.
    const bool is_secret = !command.empty() && (command[0] == "AUTH" || command[0] == "HELLO");
    std::string shown{is_secret ? code : text.substr(0, text.find(", with args"))};
    const bool is_name = !command.empty() && std::ranges::all_of(command[0], in_word); // and not a whole line
    for (const std::string_view argument : command.subspan(is_name ? 1 : 0))
        hide(shown, argument);
    shown.resize(std::min(shown.size(), longest));
    std::ranges::replace_if(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return shown.append(advice(code, kind_of_error(text)));
}

} // namespace steward::inline v0::adapters::detail
