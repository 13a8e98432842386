// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

extern "C" int by_hand(session& db, int times)
{
    for (int i = 0; i < times; ++i)
        db.uses += i & db.limit;
    return db.uses;
}

extern "C" int through_steward(bare& manager, int times)
{
    for (int i = 0; i < times; ++i) {
        auto db = manager.acquire<"db">();
        db->uses += i & db->limit;
    }
    return manager.acquire<"db">()->uses;
}

extern "C" int with_counters(counting& manager, int times)
{
    for (int i = 0; i < times; ++i) {
        auto db = manager.acquire<"db">();
        db->uses += i & db->limit;
    }
    return manager.acquire<"db">()->uses;
}
