// SPDX-License-Identifier: BSL-1.0
//
// The guide's cache: a state needs it if it is there, and works without it where it is not.
#include "unit/redis/scene.hpp"

#include <steward/adapters/value.hpp>
#include <steward/fsm.hpp>

#include <string>

using namespace steward::test;
using namespace steward::literals;

namespace machine_test {

struct prices {
    int looked_up = 0;
};

using cache =
    steward::resource<"cache", steward::adapters::redis, steward::pooling::bounded<0, 4>, steward::health::on_borrow<>>;
using catalogue = steward::resource<"catalogue", steward::adapters::value<prices>>;
using application = steward::catalog<cache, catalogue>;

struct order {
    std::string item{};
    std::string price{};
    bool from_cache = false;
};

struct price {
    using needs = steward::needs<"catalogue", steward::optional("cache")>;
    void operator()(order& data, auto& resources) const
    {
        auto* const known = resources.find("cache"_r);
        if (known != nullptr)
            if (auto found = known->get("price:" + data.item)) {
                data.price = *std::move(found);
                data.from_cache = true;
                return;
            }
        data.price =
            std::to_string(data.item.size() * 10 + static_cast<std::size_t>(++resources["catalogue"_r].looked_up));
        if (known != nullptr)
            known->set("price:" + data.item, data.price, {.expires = 5min});
    }
};
struct done {};

struct shop {
    using states = steward::states<price, done>;
    using arcs = steward::arcs<steward::arc<price, done>>;
};

class redis_as_an_optional_cache : public redis_faults {};

TEST_F(redis_as_an_optional_cache, is_used_while_it_is_there_and_done_without_while_it_is_not)
{
    steward::simple_machine<shop, application> machine{
        cache::with({.host = "127.0.0.1", .port = server->port()}, {.acquire_timeout = 1s})};

    const auto first = machine.process(order{.item = "tea"});
    ASSERT_TRUE(first.completed) << first.error_message();
    EXPECT_FALSE(first.data.from_cache);
    const auto second = machine.process(order{.item = "tea"});
    EXPECT_TRUE(second.data.from_cache);
    EXPECT_EQ(second.data.price, first.data.price);

    server->stop_hard();
    const auto without = machine.process(order{.item = "tea"});
    ASSERT_TRUE(without.completed) << without.error_message();
    EXPECT_FALSE(without.data.from_cache);

    server->start_again();
    EXPECT_FALSE(machine.process(order{.item = "tea"}).data.from_cache) << "it has forgotten";
    EXPECT_TRUE(machine.process(order{.item = "tea"}).data.from_cache);
}

} // namespace machine_test
