"""Pathways, modules and their releases; what people did with them; what that earned them."""

from training.models.assignment import Assignment, AssignmentPlan
from training.models.attendance import Attendance
from training.models.certificate import Certificate
from training.models.completion import Completion, CompletionAnnulment
from training.models.correction import UrgentCorrection
from training.models.credit import CreditAward
from training.models.enrolment import Enrolment, LessonProgress, ProgressEvent
from training.models.evaluation import EvaluationAnswer, EvaluationDone, EvaluationHeld
from training.models.follow_up import FollowUp
from training.models.glossary import GlossaryTerm
from training.models.module import ModulePage, ModuleTopic, TrainingIndexPage
from training.models.nudge import Nudge, NudgeWish
from training.models.outreach import OutreachTalk, TalkCount
from training.models.outside import OutsideTraining
from training.models.pack import AccreditationPack
from training.models.pathway import PathwayPage, PathwayStep
from training.models.protocol import ProtocolSignOff, ProtocolVersion
from training.models.question import QuestionVersion, QuizAttempt, Response
from training.models.release import ModuleRelease, SignOff
from training.models.requirement import (
    CreditOffer,
    Licence,
    RequirementClause,
    RequirementRule,
)
from training.models.review import ModuleReviewState, ModuleReviewTask
from training.models.session import LiveSession, Registration
from training.models.suggestion import EditSuggestion
from training.models.update import ReleaseUpdate, UpdateRead
from training.models.video import Video

__all__ = [
    "AccreditationPack",
    "Assignment",
    "AssignmentPlan",
    "Attendance",
    "Certificate",
    "Completion",
    "CompletionAnnulment",
    "CreditAward",
    "CreditOffer",
    "EditSuggestion",
    "Enrolment",
    "EvaluationAnswer",
    "EvaluationDone",
    "EvaluationHeld",
    "FollowUp",
    "GlossaryTerm",
    "LessonProgress",
    "Licence",
    "LiveSession",
    "ModulePage",
    "ModuleRelease",
    "ModuleReviewState",
    "ModuleReviewTask",
    "ModuleTopic",
    "Nudge",
    "NudgeWish",
    "OutreachTalk",
    "OutsideTraining",
    "PathwayPage",
    "PathwayStep",
    "ProgressEvent",
    "ProtocolSignOff",
    "ProtocolVersion",
    "QuestionVersion",
    "QuizAttempt",
    "Registration",
    "ReleaseUpdate",
    "RequirementClause",
    "RequirementRule",
    "Response",
    "SignOff",
    "TalkCount",
    "TrainingIndexPage",
    "UpdateRead",
    "UrgentCorrection",
    "Video",
]
