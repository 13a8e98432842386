// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

using namespace steward::literals;

extern "C" int by_hand(session& db) { return db.uses < db.limit ? ++db.uses : 0; }

extern "C" int through_steward(bare& manager)
{
    const auto db = manager.acquire("db"_r);
    return db->uses < db->limit ? ++db->uses : 0;
}

extern "C" int with_counters(counting& manager)
{
    const auto db = manager.acquire("db"_r);
    return db->uses < db->limit ? ++db->uses : 0;
}
