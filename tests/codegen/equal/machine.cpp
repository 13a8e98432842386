// SPDX-License-Identifier: BSL-1.0
#include "session.hpp"

#include <steward/fsm.hpp>

using namespace steward::literals;

// What the states do is somewhere else, so that a compiler cannot make one of three.
int prepared(int);
int worked(int, session&);
int finished(int);

struct prepare {
    void operator()(int& data) const { data = prepared(data); }
};
struct work {
    using needs = steward::needs<"db">;
    void operator()(int& data, auto& resources) const { data = worked(data, resources["db"_r]); }
};
struct finish {
    void operator()(int& data) const { data = finished(data); }
};
struct machine {
    using states = steward::states<prepare, work, finish>;
    using arcs = steward::arcs<steward::arc<prepare, work>, steward::arc<work, finish>>;
};

struct only_session {
    session& db;
    session& operator[](steward::name_constant<"db">) const { return db; }
};

extern "C" int by_hand(session& db, int data)
{
    only_session resources{db};
    prepare{}(data);
    work{}(data, resources);
    finish{}(data);
    return data;
}

extern "C" int through_steward(bare& manager, int data)
{
    return steward::run<machine>(manager, data, steward::no_history);
}

extern "C" int with_counters(counting& manager, int data)
{
    return steward::run<machine>(manager, data, steward::no_history);
}
