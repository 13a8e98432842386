// SPDX-License-Identifier: BSL-1.0
#include <steward/detail/departures.hpp>

#include <gtest/gtest.h>

#include <thread>

using steward::detail::departures;

namespace {

TEST(departures, are_counted_for_the_pool_that_a_thread_still_looks_at)
{
    departures::enroll();
    departures::note* const note = departures::mine();
    ASSERT_NE(note, nullptr);
    int pool = 0;
    int other = 0;
    EXPECT_EQ(departures::count(&pool), 0U);
    note->begin(&pool);
    EXPECT_EQ(departures::count(&pool), 1U);
    EXPECT_EQ(departures::count(&other), 0U);
    note->end();
    EXPECT_EQ(departures::count(&pool), 0U);
}

TEST(departures, are_noted_by_each_thread_alone)
{
    departures::enroll();
    departures::note* const here = departures::mine();
    departures::note* there = nullptr;
    std::jthread{[&] {
        EXPECT_EQ(departures::mine(), nullptr);
        departures::enroll();
        there = departures::mine();
        departures::enroll();
        EXPECT_EQ(departures::mine(), there);
    }}.join();
    EXPECT_NE(here, there);
}

TEST(departures, use_the_notes_of_threads_that_have_ended_again)
{
    departures::note* first = nullptr;
    departures::note* second = nullptr;
    for (departures::note** note : {&first, &second})
        std::jthread{[&] {
            departures::enroll();
            *note = departures::mine();
        }}.join();
    EXPECT_EQ(first, second);
}

TEST(departures, are_not_noted_any_more_where_a_thread_is_at_its_end)
{
    struct late {
        departures::note** seen;
        ~late()
        {
            departures::enroll();
            *seen = departures::mine();
        }
    };
    int none = 0;
    auto* seen = reinterpret_cast<departures::note*>(&none);
    std::jthread{[&] {
        static thread_local late last{&seen}; // made before the note, so it goes after it
        static_cast<void>(last);
        departures::enroll();
        EXPECT_NE(departures::mine(), nullptr);
    }}.join();
    EXPECT_EQ(seen, nullptr);
}

} // namespace
