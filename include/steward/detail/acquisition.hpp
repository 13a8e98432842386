// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/error.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <source_location>
#include <tuple>
#include <type_traits>
#include <utility>

namespace steward::detail {

/// Needs in the manager's order, the same for everybody: owners that need the same cannot deadlock.
template <class Manager, class Needs>
struct needs_in_order;
template <class Manager, need... Needs>
struct needs_in_order<Manager, needs<Needs...>> {
    static constexpr std::size_t size = sizeof...(Needs);
    static constexpr auto all = [] {
        struct place {
            std::size_t index; // in the manager
            std::size_t need;  // in the pack
        };
        std::array<place, size> places{};
        [[maybe_unused]] std::size_t i = 0;
        ((places[i] = {Manager::template index<Needs.name>, i}, ++i), ...);
        std::ranges::sort(places, {}, &place::index);
        return places;
    }();

    template <std::size_t I>
    static constexpr auto at = std::get<all[I].need>(std::tuple{Needs...});
};

/// One acquisition of several resources by an owner. The clock is read once, when the first has to be waited for: from
/// then on one deadline covers all.
template <class Owner, class Limit>
class acquisition {
public:
    acquisition(Owner& owner, const Limit& limit, std::source_location where) noexcept
        : owner_{owner}, limit_{limit}, where_{where}
    {
    }

    /// Holds the resource for one more scope; with the error if it cannot be had, though it is required: then it is
    /// false, otherwise `held` says whether it is held.
    template <auto Wanted>
    [[nodiscard, gnu::always_inline]] bool take(bool& held, std::optional<resource_error>& error)
    {
        auto& entry = owner_access::entry<Wanted.name>(owner_);
        if (!entry.token || limit_.negative()) {
            auto& pool = owner_access::pool<Wanted.name>(owner_);
            using token_type = typename std::remove_reference_t<decltype(pool)>::token;
            token_type token = limit_.negative() ? token_type{} : pool.acquire_at_once(owner_.id(), where_);
            if (token) [[likely]] {
                entry.set(pool, token, owner_.id());
            } else {
                if (start_ == time_point{})
                    start_ = clock::now();
                auto late = pool.acquire(caller{owner_.id(), where_}, limit_.since(start_).within(Wanted));
                if (!late) {
                    held = false;
                    if (!Wanted.is_required && !limit_.negative())
                        return true;
                    error = std::move(late).error();
                    return false;
                }
                entry.set(pool, *late, owner_.id());
            }
        }
        ++entry.scopes;
        held = true;
        return true;
    }

private:
    Owner& owner_;
    const Limit& limit_;
    std::source_location where_;
    time_point start_{}; ///< the epoch: not read yet
};

} // namespace steward::detail
