"""The vocabulary and the collections in the admin, for the program manager."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.row_choice import RowChoice
from portal.people import group_rights
from resources import topics
from resources.models import ResourceCollection, Topic
from resources.screening import blocked

for _model, _rights in (
    ("topic", ("add", "change", "view")),
    ("resourcecollection", ("add", "change", "delete", "view")),
):
    group_rights.allow("Program managers", *(f"resources.{r}_{_model}" for r in _rights))


class TopicForm(WagtailAdminModelForm):
    """A topic's name, its other words, and another topic to take in."""

    synonyms = forms.CharField(
        label=gettext_lazy("Other words for it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line. Who filters or tags by one means this topic."),
    )
    takes_in = RowChoice(
        label=gettext_lazy("Merge another topic into this one"),
        queryset=Topic.objects.none(),
        required=False,
        help_text=gettext_lazy("Its pages get this topic, and its name becomes another word."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.pk
        self.fields["takes_in"].queryset = topics.kept().exclude(pk=chosen)
        if chosen:
            self.fields["synonyms"].initial = "\n".join(
                s.name for s in self.instance.synonyms.all()
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        for name in ("name", "synonyms"):
            for words in blocked(str(data.get(name) or "")):
                message = _("“%(words)s” may identify a person. Take it out; nothing was saved.")
                self.add_error(name, message % {"words": words})
        try:
            meant = [data.get("name", ""), *self._words(data)]
            topics.check(self.instance, meant, self._taken(data))
        except topics.Taken as taken:
            message = _("“%(word)s” means another topic already. Merge the two instead.")
            self.add_error("synonyms", message % {"word": taken.word})
        return data

    def save(self, commit: bool = True) -> Any:
        topic = super().save(commit)
        data = self.cleaned_data
        topics.keep(topic, synonyms=self._words(data), takes_in=self._taken(data), by=self.for_user)
        return topic

    def _words(self, data: dict[str, Any]) -> list[str]:
        return str(data.get("synonyms") or "").splitlines()

    def _taken(self, data: dict[str, Any]) -> Topic | None:
        return data.get("takes_in")


class TopicViewSet(SnippetViewSet):
    model = Topic
    menu_label = gettext_lazy("Topics")
    icon = "tag"
    menu_order = 360
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return topics.kept()

    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("synonyms"), FieldPanel("takes_in")],
        base_form_class=TopicForm,
    )


class CollectionViewSet(SnippetViewSet):
    model = ResourceCollection
    menu_label = gettext_lazy("Collections")
    icon = "folder-open-inverse"
    menu_order = 355
    add_to_admin_menu = True
    list_display = ["title", "line", "order"]
