// SPDX-License-Identifier: BSL-1.0
#include "sequence.hpp"
#include "shared_model.hpp"
#include "support/pool_combinations.hpp"

using namespace steward::test;
namespace locking = steward::locking;
namespace health = steward::health;

namespace {

using pooling = steward::pooling::shared;
using validated = health::all<health::on_borrow<>, health::periodic>;
template <class Locking, class Health>
using way = modelled<Locking, pooling, Health, shared_model>;

template <class Kind>
class a_shared_resource : public testing::Test {};
using ways = pool_combinations<way<locking::none, health::none>, way<locking::none, validated>,
                               way<locking::mutex, validated>, way<locking::mutex, health::none>,
                               way<locking::spin, health::none>, way<locking::spin, validated>,
                               way<locking::lock_free, validated>, way<locking::lock_free, health::none>,
                               way<locking::biased_after<1>, health::none>, way<locking::biased_after<1>, validated>>;
TYPED_TEST_SUITE(a_shared_resource, ways, kind_names);

TYPED_TEST(a_shared_resource, does_what_its_model_does) { follow_the_model<TypeParam>(2000); }

} // namespace
