// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"
#include "names.hpp"
#include "text_writer.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace steward::gen {

/// The functions that a machine calls, each with a name in the header. Several uses of one function share it.
class function_set {
public:
    explicit function_set(const machine_description& machine);

    /// `functions::load`, or `code::...`, for a function of the machine that this was made from.
    [[nodiscard]] const std::string& name_of(const function& f) const { return names_.at(&f); }
    /// The headers that they are in.
    [[nodiscard]] std::set<std::string> modules() const;
    /// Writes their namespaces: apart, so that code finds the user's own names. An error in one is shown at its line in the machine's file.
    void write(text_writer& out, std::string_view header) const;

private:
    enum class use : unsigned char { transform, condition };
    struct entry {
        const function* what;
        use how;
        std::string name;
        std::string params; ///< the struct that they are; empty if there are none
    };

    void add(const std::vector<function>& all, use how, const std::string& where);
    void add(const function& f, use how, const std::string& where);
    void write_named(text_writer& out, const entry& e) const;
    void write_code(text_writer& out, const entry& e) const;

    std::string file_;
    name_scope scope_{};
    std::vector<entry> entries_{};
    std::map<const function*, std::string> names_{};
};

} // namespace steward::gen
