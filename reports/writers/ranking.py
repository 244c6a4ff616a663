"""Which sentences stand for the whole: TextRank over TF-IDF.

Pure. Mihalcea & Tarau, TextRank (EMNLP 2004), with cosine similarity of TF-IDF vectors as weights.
The graph is never built: a step costs as many operations as there are words, so that hours of talk
take a fraction of a second.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_DAMPING = 0.85
_TOLERANCE = 1e-8
_MOST_STEPS = 100

Floats = npt.NDArray[np.float64]


def centrality(documents: Sequence[Sequence[str]]) -> Floats:
    """Rank of each document, given as its terms; shape ``(len(documents),)``, they sum to 1.

    Documents that share no term with another get the least rank. Deterministic.
    """
    count = len(documents)
    if count == 0:
        return np.zeros(0)
    rows, columns, weights, terms = _tf_idf(documents)

    def spread(rank: Floats) -> Floats:
        by_term = np.bincount(columns, weights=weights * rank[rows], minlength=terms)
        back = np.bincount(rows, weights=weights * by_term[columns], minlength=count)
        return np.maximum(back - own * rank, 0.0)

    own = np.bincount(rows, weights=weights * weights, minlength=count)
    degree = spread(np.ones(count))
    linked = degree > _TOLERANCE
    rank = np.full(count, 1.0 / count)
    for _ in range(_MOST_STEPS):
        share = np.divide(rank, degree, out=np.zeros(count), where=linked)
        following = (1 - _DAMPING) / count + _DAMPING * spread(share)
        following /= following.sum()
        moved = float(np.abs(following - rank).sum())
        rank = following
        if moved < _TOLERANCE:
            break
    return rank


def _tf_idf(
    documents: Sequence[Sequence[str]],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats, int]:
    """Sparse rows of unit length: row numbers, term numbers, weights; and the number of terms."""
    numbers: dict[str, int] = {}
    rows, columns = [], []
    for row, terms in enumerate(documents):
        for term in terms:
            rows.append(row)
            columns.append(numbers.setdefault(term, len(numbers)))
    at = np.array(rows, dtype=np.intp), np.array(columns, dtype=np.intp)
    pairs, tf = (
        np.unique(np.stack(at, axis=1), axis=0, return_counts=True)
        if rows
        else (
            np.zeros((0, 2), dtype=np.intp),
            np.zeros(0),
        )
    )
    row_of, column_of = pairs[:, 0], pairs[:, 1]
    df = np.bincount(column_of, minlength=len(numbers))
    weights = (1 + np.log(np.maximum(tf, 1))) * np.log((1 + len(documents)) / df[column_of])
    length = np.sqrt(np.bincount(row_of, weights=weights * weights, minlength=len(documents)))
    weights = weights / np.maximum(length[row_of], 1e-12)
    return row_of, column_of, weights, len(numbers)
