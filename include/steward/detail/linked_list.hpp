// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace steward::inline v0::detail {

/// A list of nodes that stay where they are, each with the members `previous_` and `next_`, null at first. The newest is
/// the first. Whoever owns it guards it.
template <class Node>
class linked_list {
public:
    void add(Node& node) noexcept
    {
        node.next_ = first_;
        if (first_ != nullptr)
            first_->previous_ = &node;
        first_ = &node;
    }
    void remove(Node& node) noexcept
    {
        (node.previous_ == nullptr ? first_ : node.previous_->next_) = node.next_;
        if (node.next_ != nullptr)
            node.next_->previous_ = node.previous_;
    }

    [[nodiscard]] Node* first() const noexcept { return first_; }

private:
    Node* first_ = nullptr;
};

} // namespace steward::inline v0::detail
