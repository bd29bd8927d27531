"""The database wrapper: our compiler and schema editor, and commits that clean up the session when they fail."""

import time
from typing import Any, ClassVar

from django.db import DatabaseError
from django.db.backends.utils import debug_transaction
from django.utils.asyncio import async_unsafe
from django_mongodb_backend.base import DatabaseWrapper as StockWrapper
from django_mongodb_backend.operations import DatabaseOperations as StockOperations
from pymongo.errors import PyMongoError

from .operators import OPERATORS
from .schema import DatabaseSchemaEditor

COMMIT_TIMEOUT, COMMIT_RETRY_SECONDS = 5.0, 0.05
UNKNOWN_COMMIT = "UnknownTransactionCommitResult"


class DatabaseOperations(StockOperations):
    """Sends every query through our compiler."""

    compiler_module = "marketplace.mongo.compiler"


class DatabaseWrapper(StockWrapper):
    """A connection that belongs to one thread, like every connection of Django."""

    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    run_on_commit: list[Any]
    in_atomic_block: bool
    mongo_operators: ClassVar[dict[str, Any]] = {**StockWrapper.mongo_operators, **OPERATORS}

    # Fault: a commit that fails raises a raw PyMongo error and leaves its session on the thread: the next transactions
    # of that thread are silently none, and its old commit hooks run later. Seen in 5.2.4; delete when
    # test_a_failed_commit_leaves_the_thread_clean passes on the stock engine.
    @async_unsafe
    def commit_mongo(self) -> None:
        """Commit and run the hooks. A failure is a DatabaseError, and the next transaction starts clean."""
        hooks, self.run_on_commit = self.run_on_commit, []
        if self.session:
            try:
                with debug_transaction(self, "session.commit_transaction()"):
                    self._commit_until_known()
            except PyMongoError as failure:
                raise DatabaseError(str(failure)) from failure
            finally:
                self._end_session()
        self.run_on_commit = hooks
        self.run_and_clear_commit_hooks()

    # Fault: Django's own atomic() is none on MongoDB, but it still marks the connection, and the stock engine then
    # refuses to run the hooks of a transaction that was committed inside such a block (its admin opens one around
    # every form). An exception on the way out of the block drops the hooks of a transaction that goes on around it.
    # Seen in 5.2.4; delete when tests/mongo/test_django_atomic.py passes on the stock engine.
    def run_and_clear_commit_hooks(self) -> None:
        """Run what on_commit() collected, also inside a block of Django's atomic()."""
        marked, self.in_atomic_block = self.in_atomic_block, False
        try:
            super().run_and_clear_commit_hooks()
        finally:
            self.in_atomic_block = marked

    def rollback(self) -> None:
        """The end of a block of Django's atomic(): the transaction around it keeps its hooks."""
        hooks = self.run_on_commit
        super().rollback()
        if self.in_atomic_block_mongo:
            self.run_on_commit = hooks

    @async_unsafe
    def rollback_mongo(self) -> None:
        """Roll back and drop the hooks, also when the server is gone."""
        self.run_on_commit = []
        if self.session:
            try:
                with debug_transaction(self, "session.abort_transaction()"):
                    self.session.abort_transaction()
            finally:
                self._end_session()

    def _commit_until_known(self) -> None:
        # A commit whose answer was lost may be sent again as often as we like (it carries its number); running the
        # work again instead could do it twice. PyMongo alone tries twice, then leaves it unknown.
        deadline = time.monotonic() + COMMIT_TIMEOUT
        while True:
            try:
                return self.session.commit_transaction()
            except PyMongoError as failure:
                if not failure.has_error_label(UNKNOWN_COMMIT) or time.monotonic() > deadline:
                    raise
            time.sleep(COMMIT_RETRY_SECONDS)
