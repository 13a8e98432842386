// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/pool_fixture.hpp"

namespace steward::test {

/// One pool for each locking policy, for what does not depend on where resources live.
using each_locking = pool_combinations<
    built_with<locking::none, pooling::bounded<0, 4>>, built_with<locking::mutex, pooling::bounded<0, 4>>,
    built_with<locking::lock_free, pooling::bounded<0, 4>>, built_with<locking::spin, pooling::bounded<0, 4>>>;
/// The same without the one for a single thread.
using each_threaded_locking = pool_combinations<built_with<locking::mutex, pooling::bounded<0, 4>>,
                                                built_with<locking::lock_free, pooling::bounded<0, 4>>,
                                                built_with<locking::spin, pooling::bounded<0, 4>>>;

/// Waits until so many callers wait for a session.
template <class Manager>
void until_somebody_waits(Manager& manager, std::size_t number = 1)
{
    wait_until([&] { return manager.template status<"sessions">().waiting == number; });
}

} // namespace steward::test
