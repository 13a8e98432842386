// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace steward::inline v0::testing {

/// A resource of a `faulty` adapter: that of the other adapter, behind a pointer: `**lease`, `(*lease)->member`.
template <class Inner>
class faulty_resource {
public:
    /// Takes what the function creates; `created_broken` means that validate says false.
    template <std::invocable Create>
    faulty_resource(Create create, bool created_broken) : held_{new held{create(), created_broken}}
    {
    }

    /// The resource of the other adapter.
    /// @{
    [[nodiscard]] Inner& operator*() const noexcept { return held_->inner; }
    [[nodiscard]] Inner* operator->() const noexcept { return &held_->inner; }
    /// @}
    /// Whether validate says false.
    [[nodiscard]] bool created_broken() const noexcept { return held_->created_broken; }

private:
    struct held {
        Inner inner; // need not be movable
        bool created_broken;
    };
    std::unique_ptr<held> held_;
};

/// The same where one can derive from the other adapter's type and move it: what is tested uses both in the same way.
template <class Inner>
    requires std::is_class_v<Inner> && (!std::is_final_v<Inner>) && std::move_constructible<Inner>
class faulty_resource<Inner> : public Inner {
public:
    /// Takes what the function creates; `created_broken` means that validate says false.
    template <std::invocable Create>
    faulty_resource(Create create, bool created_broken) : Inner(create()), created_broken_{created_broken}
    {
    }

    /// Whether validate says false.
    [[nodiscard]] bool created_broken() const noexcept { return created_broken_; }

private:
    bool created_broken_;
};

} // namespace steward::inline v0::testing
