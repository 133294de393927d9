"""The person: a member who signs in, or a name on the roster who has not joined yet."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from portal.core.privacy.validators import validate_screened
from portal.people.models.place import Discipline


class UserQuerySet(models.QuerySet["User"]):
    def joined(self) -> Self:
        return self.filter(joined_at__isnull=False, is_active=True)

    def on_roster(self) -> Self:
        """Keep everyone who has not left, whether they have joined or not."""
        return self.filter(is_active=True)

    def known_once(self) -> Self:
        """Leave out accounts that count for another one."""
        merged = PersonAlias.objects.standing().filter(alias=models.OuterRef("pk"))
        return self.filter(~models.Exists(merged))

    def of_centers(self, center_ids: Any) -> Self:
        """Keep active members of the centers; `center_ids` is a list or a queryset of ids."""
        from portal.people.models.role import Membership

        members = Membership.objects.active().filter(center_id__in=center_ids)
        return self.filter(pk__in=members.values("user_id"))

    def visible_to(self, user: "User") -> Self:
        """Keep whom the person may see: a manager everyone, a coordinator the own centers."""
        from portal.people import scope

        if scope.is_statewide(user):
            return self
        own = self.filter(pk=user.pk)
        return own | self.of_centers(scope.center_ids(user))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person. Without a password the person is on the roster and has not joined."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        if password and user.joined_at is None:
            user.joined_at = timezone.now()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person. The roster is this table: who has not joined has no usable password."""

    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=80, validators=[validate_screened])
    last_name = models.CharField(max_length=80, validators=[validate_screened])
    chosen_name = models.CharField(
        validators=[validate_screened],
        max_length=160,
        blank=True,
        help_text="Stands on certificates and lists in place of the name",
    )
    title = models.CharField(max_length=120, blank=True, validators=[validate_screened])
    agency = models.CharField(max_length=160, blank=True, validators=[validate_screened])
    discipline = models.ForeignKey(
        Discipline, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_statewide = models.BooleanField(default=False, help_text="Belongs to no single center")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True, help_text="Access ended on this day")
    anonymised_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    centers = models.ManyToManyField(
        "people.Center", through="people.Membership", related_name="members"
    )

    objects: ClassVar[UserManager] = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]

    class Meta:
        ordering: ClassVar = ["last_name", "first_name", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["last_name", "first_name", "id"], name="person_by_name")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(is_active=False),
                name="who_left_is_not_active",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.chosen_name or f"{self.first_name} {self.last_name}".strip()

    @property
    def has_joined(self) -> bool:
        return self.joined_at is not None

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name


class PersonAliasQuerySet(models.QuerySet["PersonAlias"]):
    def standing(self) -> Self:
        """Keep the merges that nobody undid."""
        return self.filter(undone_at__isnull=True)


class PersonAlias(models.Model):
    """A merge: what is known of `alias` counts for `person`. No fact is rewritten.

    Insert-only but for its undoing, which leaves the row behind.
    """

    alias = models.ForeignKey(User, models.PROTECT, related_name="merges")
    person = models.ForeignKey(User, models.PROTECT, related_name="aliases")
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PersonAliasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "person aliases"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(alias=models.F("person")), name="alias_is_another_person"
            ),
            models.UniqueConstraint(
                fields=["alias"],
                condition=models.Q(undone_at__isnull=True),
                name="alias_counts_for_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alias_id} counts for {self.person_id}"
