// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database.hpp>
#include <steward/sml.hpp>
#include <steward/steward.hpp>

#include <boost/sml.hpp>

#include <exception>
#include <ostream>
#include <stdexcept>
#include <string>

/// How orders come in: a machine of Boost.Ext SML for each client. Most of them are idle most of the time; only who is in the
/// middle of an order holds a session, and in it the transaction that the order is. SQLite has one writer, so there is one.
namespace intake {

using namespace std::chrono_literals;
using namespace steward::literals;

using database =
    steward::resource<"database", steward::adapters::database<steward::adapters::sqlite>,
                      steward::pooling::bounded<0, 1>, steward::metrics::counters, steward::ownership::tracked>;
using manager = steward::manager<database>;
template <class State>
using resources = steward::sml::resources<State, manager>;

// What a client says.
struct begin {};
struct item {
    std::string name;
    int quantity;
};
struct commit {};
struct cancel {};

struct idle {};
struct ordering { // this line is what steward adds to a state
    using needs = steward::needs<steward::required("database").within(0s)>;
};

/// What a machine knows of its client.
struct client {
    std::string name;
    std::ostream& answer;
    long order = 0;
};

struct orders {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto open = [](resources<ordering> r, client& c) {
            auto& db = r["database"_r];
            db.execute("begin");
            c.order = db.query_one<long>("insert into orders (client) values (?) returning id", c.name);
            c.answer << c.name << ": order " << c.order << '\n';
        };
        const auto add = [](const item& what, resources<ordering> r, client& c) {
            if (what.quantity <= 0)
                throw std::invalid_argument{"a quantity is a positive number"};
            r["database"_r].execute("insert into items values (?, ?, ?)", c.order, what.name, what.quantity);
        };
        const auto keep = [](resources<ordering> r, client& c) {
            r["database"_r].execute("commit");
            c.answer << c.name << ": order " << c.order << " is complete\n";
        };
        const auto forget = [](client& c) { c.answer << c.name << ": order " << c.order << " is cancelled\n"; };
        const auto too_busy = [](client& c) { c.answer << c.name << ": somebody else is ordering, try again\n"; };
        const auto refuse = [](const std::exception& e, client& c) {
            c.answer << c.name << ": order " << c.order << " is refused: " << e.what() << '\n';
        };
        // A session that comes back with an open transaction is rolled back: whatever leaves the state but `commit`.
        // clang-format off
        return make_transition_table(
            *state<idle>     + event<begin>                                      = state<ordering>,
             state<ordering> + on_entry<begin>                       / open,
             state<ordering> + event<item>                           / add,
             state<ordering> + event<commit>                         / keep      = state<idle>,
             state<ordering> + event<cancel>                         / forget    = state<idle>,
             state<ordering> + exception<steward::resource_error>    / too_busy  = state<idle>,
             state<ordering> + exception<std::exception>             / refuse    = state<idle>);
        // clang-format on
    }
};

using machine = steward::sml::sm<orders, manager>; // without steward: boost::sml::sm<orders>

} // namespace intake
