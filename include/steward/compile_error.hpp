// SPDX-License-Identifier: BSL-1.0
#pragma once

/// What a compiler shows when a name is wrong: the type's name is the sentence, its argument the name.
namespace steward::error {

template <auto Name>
struct is_not_a_resource_of_this_manager;

template <auto Name>
struct has_a_metrics_policy_that_counts_nothing;

template <auto Name>
struct has_an_ownership_policy_that_tracks_nobody;

template <auto Name>
struct is_not_among_the_needs_that_were_acquired;

template <auto Name>
struct is_optional_so_use_find_which_gives_a_pointer;

} // namespace steward::error
