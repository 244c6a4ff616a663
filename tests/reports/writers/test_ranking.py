import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reports.writers.ranking import centrality

documents = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=6), max_size=12)


def test_a_document_that_shares_most_terms_is_most_central():
    rank = centrality([["склад", "бюджет", "курьер"], ["склад"], ["бюджет"], ["курьер"], ["кот"]])
    assert int(rank.argmax()) == 0
    assert int(rank.argmin()) == 4


@given(documents)
def test_ranks_are_positive_shares_of_one(talk):
    rank = centrality(talk)
    assert len(rank) == len(talk)
    assert not talk or np.isclose(rank.sum(), 1.0)
    assert (rank > 0).all()


@given(documents)
def test_the_order_of_documents_does_not_change_their_ranks(talk):
    assert np.allclose(centrality(talk)[::-1], centrality(talk[::-1]), atol=1e-6)
