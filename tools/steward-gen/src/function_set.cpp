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
    if (!from.quoted && (from.text == "true" || from.text == "false"))
        return {"bool", from.text};
    if (!from.quoted && is_a<std::int64_t>(from.text) && from.text != "-9223372036854775808")
        return {"std::int64_t", from.text};
    if (!from.quoted && is_a<double>(from.text) && from.text.find_first_not_of("+-.0123456789eE") == std::string::npos)
        return {"double", from.text};
    return {"std::string_view", literal(from.text)};
}

std::string_view without_blanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\n"), last = text.find_last_not_of(" \t\n");
    return first == std::string_view::npos ? "" : text.substr(first, last + 1 - first);
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
        found = entries_.insert(found, {&f, how, scope_.take(name)});
    }
    names_[&f] = "functions::" + found->name;
}

std::set<std::string> function_set::modules() const
{
    std::set<std::string> found;
    for (const entry& e : entries_)
        if (!e.what->module.empty())
            found.insert(e.what->module.text);
    return found;
}

void function_set::write_params(text_writer& out, const entry& e)
{
    out.line("struct {}_params {{", e.name);
    for (const function::param& p : e.what->params) {
        const typed_value value = typed(p.value);
        out.line("    {} {} = {};", value.type, p.name.text, value.value);
    }
    out.line("}};");
}

void function_set::write(text_writer& out, std::string_view header) const
{
    if (entries_.empty())
        return;
    out.line("/// What the machine calls. A compiler shows what is wrong with one, or that it is missing, at its line "
             "of the");
    out.comment("///", "machine's file, " + file_ + ".");
    out.line("namespace functions {{");
    out.line("using namespace steward::literals; // \"name\"_r");
    for (const entry& e : entries_) {
        const function& f = *e.what;
        if (!f.params.empty())
            write_params(out, e);
        if (!f.name.empty()) {
            const std::string called = (f.name.text.starts_with("::") ? "" : "::") + f.name.text;
            const std::string with = f.params.empty() ? "with..." : "with..., " + e.name + "_params{}";
            out.line("#line {} {}", f.name.where.line, literal(file_));
            out.line("inline constexpr auto {0} = [](auto&... with) -> decltype({1}({2})) {{ return {1}({2}); }};",
                     e.name, called, with);
            continue;
        }
        const std::string_view code = without_blanks(f.code.text);
        // a block (code: |) begins in the line behind its place
        const bool is_block = f.code.text.find('\n') != std::string::npos;
        out.line("#line {} {}", f.code.where.line + (is_block ? 1 : 0), literal(file_));
        if (code.starts_with('['))
            out.line("inline constexpr auto {} = {};", e.name, code);
        else
            out.line("inline constexpr auto {} = []([[maybe_unused]] auto& data, [[maybe_unused]] auto& resources){} "
                     "{}; }};",
                     e.name, e.how == use::condition ? " -> bool { return" : " {", code);
    }
    out.line("#line {} {}", out.next_line() + 1, literal(header));
    out.line("}} // namespace functions");
    out.line();
}

} // namespace steward::gen
