// SPDX-License-Identifier: BSL-1.0
#include "function_set.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace steward::gen {

namespace {

// Whether two functions are the same one, called with the same parameters.
bool are_the_same(const function& a, const function& b)
{
    const auto same = [](const function::param& x, const function::param& y) {
        return x.name.text == y.name.text && x.value.text == y.value.text && x.value.quoted == y.value.quoted;
    };
    return !a.name.empty() && a.name.text == b.name.text && a.module.text == b.module.text
           && std::ranges::equal(a.params, b.params, same);
}

template <class T>
bool is_a(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

struct typed_value {
    std::string type;
    std::string value;
};
typed_value typed(const settings_node& from)
{
    const std::string_view text = from.text.starts_with('+') ? std::string_view{from.text}.substr(1) : from.text;
    if (!from.quoted && (text == "true" || text == "false"))
        return {"bool", std::string{text}};
    if (!from.quoted && is_a<std::int64_t>(text) && text != "-9223372036854775808") // no literal
        return {"std::int64_t", std::string{text}};
    if (!from.quoted && is_a<double>(text) && text.find_first_not_of("+-.0123456789eE") == std::string::npos)
        return {"double", std::string{text} + (text.find_first_of(".eE") == std::string::npos ? ".0" : "")};
    return {"std::string_view", literal(from.text)};
}

std::string_view without_blanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\n"), last = text.find_last_not_of(" \t\n");
    return first == std::string_view::npos ? "" : text.substr(first, last + 1 - first);
}

// A comment at its beginning is not what code is like.
std::string_view without_comments(std::string_view code)
{
    for (code = without_blanks(code); code.starts_with("//") || code.starts_with("/*"); code = without_blanks(code)) {
        const std::string_view end = code.starts_with("//") ? "\n" : "*/";
        const std::size_t at = code.find(end, 2);
        if (at == std::string_view::npos)
            return {};
        code.remove_prefix(at + end.size());
    }
    return code;
}

// Whether it is a lambda itself, rather than a call of one, or statements.
bool is_lambda(std::string_view code)
{
    code = without_comments(code);
    // nor is one behind it, in the last line
    const std::size_t line = code.rfind('\n') + 1; // 0 if there is only one
    if (const std::size_t comment = code.find("//", line); comment != std::string_view::npos)
        if (const std::string_view before = without_blanks(code.substr(0, comment)); before.ends_with('}'))
            code = before;
    return code.starts_with('[') && !code.starts_with("[[") && code.ends_with('}');
}

} // namespace

function_set::function_set(const machine_description& machine) : file_{machine.file}
{
    for (const network_description& network : machine.networks)
        for (const state_description& state : network.states) {
            const std::string where = network.name.text + "_" + state.name.text;
            add(state.pre_validators, use::condition, where + "_pre_validate");
            add(state.transforms, use::transform, where + "_transform");
            add(state.validators, use::condition, where + "_validate");
            for (const arc_description& arc : state.arcs) {
                const std::string to = where + "_to_" + (arc.target.empty() ? arc.network : arc.target).text;
                if (arc.condition)
                    add(*arc.condition, use::condition, to + "_condition");
                add(arc.transforms, use::transform, to + "_transform");
            }
        }
}

void function_set::add(const std::vector<function>& all, use how, const std::string& where)
{
    for (const function& f : all)
        add(f, how, where);
}

void function_set::add(const function& f, use how, const std::string& where)
{
    auto found = std::ranges::find_if(entries_, [&](const entry& e) { return are_the_same(*e.what, f); });
    if (found == entries_.end()) {
        const std::size_t last = f.name.text.rfind(':');
        const std::string name = f.name.empty() ? where : f.name.text.substr(last == std::string::npos ? 0 : last + 1);
        found = entries_.insert(found, {&f, how, scope_.take(name), {}});
        if (!f.params.empty())
            found->params = scope_.take(name + "_params");
    }
    names_[&f] = (f.name.empty() ? "code::" : "functions::") + found->name;
}

std::set<std::string> function_set::modules() const
{
    std::set<std::string> found;
    for (const entry& e : entries_)
        if (!e.what->module.empty())
            found.insert(e.what->module.text);
    return found;
}

void function_set::write_named(text_writer& out, const entry& e) const
{
    const function& f = *e.what;
    if (!f.params.empty()) {
        out.line("struct {} {{", e.params);
        for (const function::param& p : f.params) {
            const typed_value value = typed(p.value);
            out.line("    {} {} = {};", value.type, p.name.text, value.value);
        }
        out.line("}};");
    }
    const std::string called = (f.name.text.starts_with("::") ? "" : "::") + f.name.text;
    const std::string with = f.params.empty() ? "with..." : "with..., " + e.params + "{}";
    out.line("#line {} {}", f.name.where.line, literal(file_));
    out.line("inline constexpr auto {0} = [](auto&... with) -> decltype({1}({2})) {{ return {1}({2}); }};", e.name,
             called, with);
}

void function_set::write_code(text_writer& out, const entry& e) const
{
    const function& f = *e.what;
    const std::string_view code = without_blanks(f.code.text);
    out.line("#line {} {}", f.code.where.line, literal(file_));
    const bool ends_with_comment = code.find("//", code.rfind('\n') + 1) != std::string_view::npos;
    const std::string_view end = ends_with_comment ? "\n;" : ";";
    if (is_lambda(code))
        out.line("inline constexpr auto {} = {}{}", e.name, code, end);
    else
        out.line(
            "inline constexpr auto {} = []([[maybe_unused]] auto& data, [[maybe_unused]] auto& resources){} {}{} }};",
            e.name, e.how == use::condition ? " -> decltype(auto) { return" : " {", code, end);
}

void function_set::write(text_writer& out, std::string_view header) const
{
    const auto write_all = [&](bool named, std::string_view space, auto write_one) {
        if (std::ranges::none_of(entries_, [&](const entry& e) { return e.what->name.empty() != named; }))
            return;
        out.line("namespace {} {{", space);
        if (!named)
            out.line("using namespace steward::literals; // \"name\"_r");
        for (const entry& e : entries_)
            if (e.what->name.empty() != named)
                write_one(e);
        out.line("#line {} {}", out.next_line() + 1, literal(header));
        out.line("}} // namespace {}", space);
        out.line();
    };
    if (!entries_.empty()) {
        out.line(
            "// What the machine calls. A compiler shows what is wrong with it, or that it is missing, at its line of");
        out.comment("//", file_ + ".");
    }
    write_all(true, "functions", [&](const entry& e) { write_named(out, e); });
    write_all(false, "code", [&](const entry& e) { write_code(out, e); });
}

} // namespace steward::gen
