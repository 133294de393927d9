"""The kinds of identifiers, a module each. Where two readings tie, the earlier one wins."""

from portal.core.privacy.detectors import Detector
from portal.core.privacy.kinds import (
    addresses,
    births,
    citations,
    emails,
    handles,
    initials,
    names,
    network,
    phones,
    plates,
    records,
    ssn,
)

DETECTORS: tuple[Detector, ...] = (
    *ssn.DETECTORS,
    *births.DETECTORS,
    *records.DETECTORS,
    *phones.DETECTORS,
    *emails.DETECTORS,
    *plates.DETECTORS,
    *addresses.DETECTORS,
    *handles.DETECTORS,
    *network.DETECTORS,
    *names.DETECTORS,
    *initials.DETECTORS,
    *citations.DETECTORS,
)

# What to do about a finding of each kind, to be shown beside it.
MESSAGES = {detector.kind: detector.message for detector in DETECTORS}
