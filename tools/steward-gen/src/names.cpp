// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace steward::gen {

namespace {

constexpr std::array<std::string_view, 92> keywords{
    "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
    "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
    "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
    "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
    "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
    "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
    "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
    "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
    "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
    "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
    "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
    "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
    "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
    "xor_eq"};
// What a generated header says itself, in a scope where a state or a resource could have that name.
constexpr std::array<std::string_view, 32> own_words{
    "std", "steward", "resources", "functions", "code", "generated", "machine", "catalog", "manager", "settings",
    "name", "needs", "states", "arcs", "final_states", "initial", "timeout", "max_transitions", "version", "data",
    "retry", "validate", "pre_validate",
    // and what are macros
    "errno", "EOF", "NULL", "linux", "unix", "stdin", "stdout", "stderr", "assert"};
// What C libraries have in the global namespace, as far as somebody could call a machine like that.
constexpr std::array<std::string_view, 119> global_names{
    "abort",    "abs",       "accept", "access", "acos",   "alarm",  "asin",   "atan",  "atexit",  "atof",  "atoi",
    "bind",     "bsearch",   "calloc", "cbrt",   "ceil",   "chdir",  "chmod",  "chown", "clock",   "close", "connect",
    "copysign", "cos",       "cosh",   "creat",  "ctime",  "daemon", "div",    "dup",   "environ", "erf",   "exit",
    "exp",      "fabs",      "fclose", "fdim",   "fflush", "floor",  "fma",    "fmax",  "fmin",    "fmod",  "fopen",
    "fork",     "free",      "frexp",  "gamma",  "getenv", "getopt", "gets",   "hypot", "index",   "ioctl", "isatty",
    "jn",       "kill",      "labs",   "ldexp",  "lgamma", "link",   "listen", "lock",  "lockf",   "log",   "logb",
    "main",     "malloc",    "memcpy", "mkdir",  "mktime", "modf",   "nan",    "nice",  "open",    "pause", "perror",
    "pipe",     "poll",      "pow",    "printf", "puts",   "qsort",  "raise",  "rand",  "random",  "read",  "realloc",
    "recv",     "remainder", "remove", "rename", "rint",   "rmdir",  "round",  "scanf", "select",  "send",  "setenv",
    "shutdown", "signal",    "sin",    "sleep",  "socket", "sqrt",   "stat",   "sync",  "system",  "tan",   "time",
    "times",    "truncate",  "umask",  "uname",  "unlink", "wait",   "write",  "y0",    "y1"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Names with two underscores, or one before a capital letter, are the implementation's: [lex.name].
bool is_reserved(std::string_view text)
{
    return text.find("__") != std::string_view::npos
           || (text.size() > 1 && text[0] == '_' && text[1] >= 'A' && text[1] <= 'Z');
}

void append_formatted(std::string& text, const char* format, unsigned number)
{
    std::array<char, 8> formatted{};
    std::snprintf(formatted.data(), formatted.size(), format, number);
    text.append(formatted.data());
}

} // namespace

bool begins_with_a_turn(std::string_view text) noexcept
{
    const std::string_view three = text.substr(0, 3);
    return (three >= "\xe2\x80\xaa" && three <= "\xe2\x80\xae") || (three >= "\xe2\x81\xa6" && three <= "\xe2\x81\xa9");
}

bool is_identifier(std::string_view text)
{
    return !text.empty() && is_letter(text.front())
           && std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); })
           && std::ranges::find(keywords, text) == keywords.end();
}

bool is_qualified_name(std::string_view text)
{
    if (text.starts_with("::"))
        text.remove_prefix(2);
    for (std::size_t end; (end = text.find("::")) != std::string_view::npos; text.remove_prefix(end + 2))
        if (!is_identifier(text.substr(0, end)))
            return false;
    return is_identifier(text);
}

bool is_header(std::string_view text)
{
    if (text.starts_with('<') && text.ends_with('>') && text.size() > 2)
        text = text.substr(1, text.size() - 2);
    return !text.empty() && text.find_first_of("<>\"\\") == std::string_view::npos;
}

bool is_type_name(std::string_view text)
{
    constexpr std::string_view others = ":<>, *&";
    int open = 0;
    std::string outside; // of all template arguments
    for (const char c : text) {
        if (!is_letter(c) && !is_digit(c) && others.find(c) == std::string_view::npos)
            return false;
        if (c == '<')
            ++open;
        else if (c == '>' && --open < 0)
            return false;
        else if (open == 0 && c != '>')
            outside.push_back(c);
    }
    return open == 0 && is_qualified_name(outside);
}

std::string identifier_for(std::string_view text)
{
    std::string result;
    for (const char c : text)
        if (is_letter(c) || is_digit(c))
            result.push_back(c);
        else if (!result.empty() && result.back() != '_')
            result.push_back('_');
    while (result.ends_with('_') && !text.ends_with('_'))
        result.pop_back();
    if (result.empty() || is_digit(result.front()))
        result.insert(0, "n");
    while (is_reserved(result))
        result.erase(result.find('_'), 1);
    if (!is_identifier(result) || std::ranges::find(own_words, result) != own_words.end())
        result.append("_");
    return result;
}

std::string namespace_for(std::string_view text)
{
    const std::string name = identifier_for(text);
    return std::ranges::find(global_names, name) == global_names.end() ? name : name + "_";
}

std::string literal(std::string_view text)
{
    std::string result{"\""};
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char c = text[i];
        if (begins_with_a_turn(text.substr(i))) {
            const unsigned low = static_cast<unsigned char>(text[i + 2]) & 0x3fU;
            append_formatted(result, "\\u%04x", (text[i + 1] == '\x80' ? 0x2000U : 0x2040U) + low);
            i += 2;
            continue;
        }
        if (c == '"' || c == '\\' || (c == '?' && result.ends_with('?'))) // no trigraphs
            result.push_back('\\');
        if (c == '\n') {
            result.append("\\n");
        } else if (is_control(c)) {
            append_formatted(result, "\\%03o", static_cast<unsigned char>(c));
        } else {
            result.push_back(c);
        }
    }
    return result.append("\"");
}

std::string name_scope::take(std::string_view text)
{
    const std::string wanted = identifier_for(text);
    std::string name = wanted;
    for (int n = 2; !taken_.insert(name).second; ++n)
        name = wanted + "_" + std::to_string(n);
    return name;
}

} // namespace steward::gen
