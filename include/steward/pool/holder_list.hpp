// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/owner_id.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace steward::inline v0::detail {

/// An owner's place in the list of those who hold a shared resource. It lives in the owner and does not move.
struct holder_node {
    owner_id owner{};
    holder_node* previous = nullptr;
    holder_node* next = nullptr;
};

/// Who holds a shared resource, in the order in which they came.
template <class Mutex>
class holder_list {
public:
    void add(holder_node& node, const owner_id& owner) noexcept
    {
        const std::lock_guard lock{mutex_};
        node = {.owner = owner, .previous = last_, .next = nullptr};
        (last_ == nullptr ? first_ : last_->next) = &node;
        last_ = &node;
    }

    void remove(holder_node& node) noexcept
    {
        const std::lock_guard lock{mutex_};
        (node.previous == nullptr ? first_ : node.previous->next) = node.next;
        (node.next == nullptr ? last_ : node.next->previous) = node.previous;
    }

    [[nodiscard]] std::vector<std::string> names()
    {
        std::vector<std::string> result;
        const std::lock_guard lock{mutex_};
        for (const holder_node* node = first_; node != nullptr; node = node->next)
            result.push_back(to_string(node->owner));
        return result;
    }

private:
    [[no_unique_address]] Mutex mutex_;
    holder_node* first_ = nullptr;
    holder_node* last_ = nullptr;
};

} // namespace steward::inline v0::detail
