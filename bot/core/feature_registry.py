"""The feature registry: the commands, actions and message actions of all features, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.core.command import Action, Command, Feature, MessageAction
from bot.core.features import FeaturePackage


class FeatureRegistry:
    """Looks up what the features have. Those of a package are loaded at the first look-up.

    `own` are actions that belong to no feature.
    """

    def __init__(self, features: Sequence[Feature] | FeaturePackage, own: Sequence[Action] = ()) -> None:
        self._given = features
        self._own = own

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """All features."""
        return tuple(self._given.load() if isinstance(self._given, FeaturePackage) else self._given)

    @property
    def waiting(self) -> FeaturePackage | None:
        """What the features come from, while they are not loaded."""
        return self._given if isinstance(self._given, FeaturePackage) and "features" not in vars(self) else None

    @cached_property
    def commands(self) -> Mapping[str, Command]:
        """All commands, by name."""
        return {one.name: one for feature in self.features for one in feature.commands}

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """All actions, by name."""
        return {one.name: one for one in (*(one for feature in self.features for one in feature.actions), *self._own)}

    @cached_property
    def message_actions(self) -> Mapping[str, MessageAction]:
        """All message actions, by name."""
        return {one.name: one for feature in self.features for one in feature.message_actions}

    def feature_of(self, called: Command | Action | MessageAction | None) -> Feature | None:
        """The feature that something belongs to; None for the app's own actions, and for nothing."""
        return self._by_identity.get(id(called))

    @cached_property
    def _by_identity(self) -> Mapping[int, Feature]:
        return {
            id(one): feature
            for feature in self.features
            for one in (*feature.commands, *feature.actions, *feature.message_actions)
        }
