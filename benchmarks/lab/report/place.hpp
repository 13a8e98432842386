// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lab {

/// A value of a JSON file, and where it stands: what is wrong with it is said with file, place and what was expected.
class place {
public:
    place(const nlohmann::ordered_json& value, std::string_view file, std::string path = "")
        : value_{&value}, file_{file}, path_{std::move(path)}
    {
    }

    /// A member, which must be there.
    place at(const std::string& name) const;
    std::optional<place> find(const std::string& name) const;

    const std::string& text() const; ///< not empty
    bool boolean() const;
    int count(int least = 1) const; ///< a whole number
    double number_from_zero() const;
    double number_above_zero() const;

    /// Calls `use(place)` with each element of an array.
    template <class Use>
    void each_element(Use use) const
    {
        is(value_->is_array(), "an array");
        std::size_t i = 0;
        for (const auto& element : *value_)
            use(place{element, file_, path_ + "/" + std::to_string(i++)});
    }

    /// Calls `use(name, place)` with each member of an object.
    template <class Use>
    void each_member(Use use) const
    {
        is(value_->is_object(), "an object");
        for (const auto& [name, member] : value_->items())
            use(name, place{member, file_, path_ + "/" + name});
    }

    [[noreturn]] void expected(std::string_view what) const;

private:
    void is(bool holds, std::string_view what) const;

    const nlohmann::ordered_json* value_;
    std::string_view file_;
    std::string path_;
};

} // namespace lab
