// SPDX-License-Identifier: BSL-1.0
#pragma once

/// What a compiler shows when a name is wrong: the type's name is the sentence, its argument the name.
namespace steward::inline v0::error {

template <auto Name>
struct is_not_a_resource_of_this_manager;

template <auto Name>
struct has_a_metrics_policy_that_counts_nothing;

template <auto Name>
struct has_an_ownership_policy_that_tracks_nobody;

template <auto Name>
struct has_an_ownership_policy_that_does_not_trace;

template <auto Name>
struct has_a_pooling_policy_without_a_size;

template <auto Name>
struct has_a_pooling_policy_that_cannot_be_suspended;

template <class Manager>
struct has_no_resource_that_can_be_closed;

template <class Manager>
struct has_no_resource_that_needs_maintenance;

template <auto Name>
struct is_not_among_the_needs_that_were_acquired;

template <auto Name>
struct is_optional_so_use_find_which_gives_a_pointer;

} // namespace steward::inline v0::error
