// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

extern "C" int by_hand(session& db) { return ++db.uses; }

extern "C" int through_steward(bare& manager)
{
    auto owner = manager.owner("load", 42);
    return ++owner.acquire<"db">().uses;
}

extern "C" int with_counters(counting& manager)
{
    auto owner = manager.owner("load", 42);
    return ++owner.acquire<"db">().uses;
}
