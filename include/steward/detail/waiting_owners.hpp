// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>
#include <steward/detail/linked_list.hpp>
#include <steward/owner_id.hpp>

#include <mutex>

namespace steward::inline v0::detail {

/// The owners of this process that wait for some resource now, so that a time-out can say when all holders are
/// waiting themselves: the sign of a deadlock. Touched on slow paths only.
class waiting_owner {
public:
    explicit waiting_owner(const owner_id& id) noexcept : id_{id}
    {
        if (!id_)
            return;
        const std::lock_guard lock{mutex_};
        all_.add(*this);
    }
    ~waiting_owner()
    {
        if (!id_)
            return;
        const std::lock_guard lock{mutex_};
        all_.remove(*this);
    }
    waiting_owner(const waiting_owner&) = delete;
    waiting_owner& operator=(const waiting_owner&) = delete;

    [[nodiscard]] static bool contains(const owner_id& id) noexcept
    {
        const std::lock_guard lock{mutex_};
        for (const waiting_owner* each = all_.first(); each != nullptr; each = each->next_)
            if (each->id_ == id)
                return true;
        return false;
    }

    /// In a child process: nobody waits.
    static void abandon() noexcept
    {
        forget(mutex_);
        forget(all_);
    }

private:
    friend class linked_list<waiting_owner>;

    static constinit inline std::mutex mutex_;
    static constinit inline linked_list<waiting_owner> all_;

    owner_id id_;
    waiting_owner* previous_ = nullptr;
    waiting_owner* next_ = nullptr;
};

} // namespace steward::inline v0::detail
