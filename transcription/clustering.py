"""From voices heard in single windows to the speakers of the whole recording.

Pure functions on arrays: a row is the unit-length embedding of one voice in one window. How many
speakers there are is found where it is not told.

Many embeddings (a meeting): spectral clustering whose graph and number of clusters come from the
normalised maximum eigengap, NME-SC (Park, Han, Kumar, Narayanan: "Auto-Tuning Spectral Clustering
for Speaker Diarization Using Normalized Maximum Eigengap", IEEE Signal Processing Letters, 2020).
Few (a short clip), where an eigengap says little: agglomerative clustering cut at a distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.linalg import eigh
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans

Vectors = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

NOBODY = -2
"""The label of a voice that is no speaker's; pyannote's own mark for it."""
CLEAR_SHARES = (0.1, 0.05, 0.0)
"""Voices that speak alone for such a share of their window make the speakers; the first share that
leaves enough of them holds, so that a recording of a few short words keeps its speakers too."""
MANY = 80
"""From so many embeddings the eigengap decides; below, a distance does."""
MOST = 1_000
"""So many embeddings, evenly chosen, enter the spectral step: its cost grows with their cube."""
MOST_SPEAKERS = 25
FEWEST_NEIGHBOURS = 5
"""Graphs with fewer neighbours a node fall apart by chance, and their gaps mean nothing."""
GRAPHS = 24
"""So many numbers of neighbours are tried, up to a quarter of the embeddings."""
DISTANCE = 0.39
"""Mean cosine distance of embeddings from which two clusters of a short clip stay apart."""
ROUNDS = 2
MARGIN = 0.05
"""By so much (cosine) must another speaker be more similar for a stretch of speech to be his."""
SMALL = 0.1
"""A cluster with less than this share of a short clip's embeddings is no speaker of its own."""


@dataclass(frozen=True)
class Voices:
    """The voices heard in successive windows of one recording, not yet known to be the same.

    ``activity`` (windows, frames, voices) is 1 where a voice speaks, else 0; ``embeddings``
    (windows, voices, dimension) are NaN for a voice too short to tell.
    """

    activity: npt.NDArray[np.float32]
    embeddings: npt.NDArray[np.float32]

    @classmethod
    def joined(cls, blocks: Sequence[Voices]) -> Voices:
        """The voices of blocks that follow each other on one grid of windows."""
        return cls(
            np.concatenate([block.activity for block in blocks]),
            np.concatenate([block.embeddings for block in blocks]),
        )


def identify(voices: Voices, *, speakers: int | None = None) -> tuple[Labels, Vectors]:
    """Whose every voice is, and a unit vector for each speaker.

    Labels (windows, voices) are 0..k-1, or NOBODY for voices that are silent or too short to tell;
    k is ``speakers`` where it is told and there are as many voices. Voices of one window are
    different speakers as far as there are enough.
    """
    active = voices.activity.any(axis=1)
    known: npt.NDArray[np.bool_] = np.asarray(active & ~np.isnan(voices.embeddings).any(axis=2))
    if not known.any():
        silence = np.zeros((1, voices.embeddings.shape[2]))
        return np.where(active, 0, NOBODY), silence
    vectors = unit(voices.embeddings)
    clear = vectors[_clear(voices.activity, known, speakers or 2)]
    centres = centroids(clear, cluster(clear, clusters=speakers))
    labels = np.full(active.shape, NOBODY, dtype=np.intp)
    for window, heard in enumerate(known):
        labels[window, heard] = nearest_apart(vectors[window, heard], centres)
    return labels, centres


def _clear(
    activity: npt.NDArray[np.float32], known: npt.NDArray[np.bool_], enough: int
) -> npt.NDArray[np.bool_]:
    """Those of the known voices that speak alone long enough; at least ``enough`` if there are."""
    alone = activity * (activity.sum(axis=2, keepdims=True) == 1)
    share = alone.mean(axis=1)
    chosen: npt.NDArray[np.bool_] = known
    for least in CLEAR_SHARES:
        chosen = known & (share >= least)
        if chosen.sum() >= enough:
            break
    return chosen


def unit(vectors: npt.ArrayLike) -> Vectors:
    """The rows scaled to length one; rows of zeros or of NaN become zeros."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float64))
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)


def cluster(embeddings: Vectors, *, clusters: int | None = None) -> Labels:
    """A label 0..k-1 for every row, every label used; k is ``clusters`` where it is told.

    With fewer rows than ``clusters`` every row is a cluster of its own.
    """
    count = len(embeddings)
    if clusters is not None and clusters >= count:
        return np.arange(count)
    if count < 2 or clusters == 1:
        return np.zeros(count, dtype=np.intp)
    if count < MANY:
        return _agglomerate(embeddings, clusters)
    chosen = np.unique(np.linspace(0, count - 1, min(count, MOST)).round().astype(int))
    sample = embeddings[chosen]
    graph, found = widest_gap(sample)
    sampled = _split(graph, clusters or found)
    labels = nearest(embeddings, centroids(sample, sampled))
    labels[chosen] = sampled
    return labels


def widest_gap(embeddings: Vectors) -> tuple[Vectors, int]:
    """The Laplacian of the best neighbour graph, and the number of clusters that it shows.

    NME-SC: for each number of neighbours p the eigenvalues of the graph's Laplacian have a widest
    gap, whose place is the number of clusters; the p is taken whose p / (gap / largest) is least.
    """
    count = len(embeddings)
    order = np.argsort(-(embeddings @ embeddings.T), axis=1, kind="stable")
    most = max(FEWEST_NEIGHBOURS, count // 4)
    tried = np.unique(np.linspace(FEWEST_NEIGHBOURS, most, GRAPHS).round().astype(int))
    best: tuple[float, Vectors, int] | None = None
    for neighbours in tried:
        laplacian = _laplacian(order[:, :neighbours])
        values = np.linalg.eigvalsh(laplacian)
        gaps = np.diff(values[: MOST_SPEAKERS + 1])
        ratio = neighbours / (gaps.max() / values[-1] + 1e-10)
        if best is None or ratio < best[0]:
            best = ratio, laplacian, int(gaps.argmax()) + 1
    assert best is not None
    return best[1], best[2]


def _laplacian(neighbours: npt.NDArray[np.intp]) -> Vectors:
    """Unnormalised Laplacian of the graph that joins each row to its neighbours, both ways."""
    count = len(neighbours)
    joined = np.zeros((count, count))
    np.put_along_axis(joined, neighbours, 1.0, axis=1)
    joined = (joined + joined.T) / 2
    return np.diag(joined.sum(axis=1)) - joined


def _split(laplacian: Vectors, clusters: int) -> Labels:
    """K-means of the rows of the Laplacian's ``clusters`` smoothest eigenvectors."""
    _, vectors = eigh(laplacian, subset_by_index=[0, clusters - 1])
    return _k_means(vectors, clusters)


def _k_means(rows: Vectors, clusters: int) -> Labels:
    labels = KMeans(clusters, n_init=10, random_state=0).fit_predict(rows)
    return _numbered(labels)


def _agglomerate(embeddings: Vectors, clusters: int | None) -> Labels:
    """Average linkage, cut at DISTANCE or where ``clusters`` remain that are not small."""
    tree = linkage(embeddings, method="average", metric="cosine")
    smallest = max(1, round(SMALL * len(embeddings)))
    labels = fcluster(tree, DISTANCE, "distance")
    if clusters is not None:
        cuts = [fcluster(tree, most, "maxclust") for most in range(1, len(embeddings) + 1)]
        labels = min(cuts, key=lambda cut: abs(len(_large(cut, smallest)) - clusters))
        if len(_large(labels, smallest)) != clusters:
            return _k_means(embeddings, clusters)
    large = _large(labels, smallest)
    if not len(large):
        return np.zeros(len(embeddings), dtype=np.intp)
    centres = np.stack([embeddings[labels == label].mean(axis=0) for label in large])
    closest = large[nearest(embeddings, unit(centres))]
    return _numbered(np.where(np.isin(labels, large), labels, closest))


def _large(labels: Labels, smallest: int) -> Labels:
    found, sizes = np.unique(labels, return_counts=True)
    return found[sizes >= smallest]


def _numbered(labels: Labels) -> Labels:
    """The same partition with labels 0, 1, … and none unused."""
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def centroids(embeddings: Vectors, labels: Labels) -> Vectors:
    """A unit vector for each label 0..k-1: the direction of the mean of its rows."""
    return unit(np.stack([embeddings[labels == k].mean(axis=0) for k in range(labels.max() + 1)]))


def reassigned(
    embeddings: Vectors, labels: Labels, seconds: npt.NDArray[np.float64], centres: Vectors
) -> tuple[Labels, Vectors]:
    """The stretches of speech that another speaker fits clearly better, given to that one.

    A row of zeros is a stretch too short to tell; its label stays. ``seconds`` weigh the stretches
    when the speakers' vectors are made anew from their own; these are the second value.
    """
    told = embeddings.any(axis=1)
    for _ in range(ROUNDS):
        similarity = embeddings @ centres.T
        own = np.take_along_axis(similarity, labels[:, None], axis=1)[:, 0]
        better = told & (similarity.max(axis=1) > own + MARGIN)
        labels = np.where(better, similarity.argmax(axis=1), labels)
        centres = centres.copy()
        for label in np.unique(labels[told]):
            rows = told & (labels == label)
            centres[label] = unit(seconds[rows] @ embeddings[rows])
    return labels, centres


def nearest(embeddings: Vectors, centres: Vectors) -> Labels:
    """The index of the most similar centre (cosine) for every row."""
    return np.argmax(embeddings @ centres.T, axis=1)


def nearest_apart(embeddings: Vectors, centres: Vectors) -> Labels:
    """The same for voices of one window, which differ: no centre twice while any is left."""
    similarity = embeddings @ centres.T
    labels = np.argmax(similarity, axis=1)
    rows, columns = linear_sum_assignment(-similarity)
    labels[rows] = columns
    return labels
