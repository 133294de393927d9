"""The form by which a learner says what a module was like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from training.models.evaluation import ITEMS, SCALE


class EvaluationForm(ScreenedForm):
    """Five sentences to agree with, or not, and a word of one's own. No name, no profession."""

    text = ScreenedCharField(
        label=_("What should change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Nobody can see who wrote it. Name nobody, yourself included."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, sentence in ITEMS.items():
            self.fields[item] = forms.TypedChoiceField(
                label=sentence,
                choices=sorted(SCALE.items(), reverse=True),
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.order_fields([*ITEMS, "text"])
