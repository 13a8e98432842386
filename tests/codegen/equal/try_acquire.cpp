// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

extern "C" bool by_hand(session& db)
{
    ++db.uses;
    return true;
}

extern "C" bool through_steward(bare& manager)
{
    if (auto db = manager.try_acquire<"db">()) {
        ++(*db)->uses;
        return true;
    }
    return false;
}

extern "C" bool with_counters(counting& manager)
{
    if (auto db = manager.try_acquire<"db">()) {
        ++(*db)->uses;
        return true;
    }
    return false;
}
