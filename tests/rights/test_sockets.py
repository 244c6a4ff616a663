"""The sockets' rows of the table: 101 is an open socket, the others say why it was closed."""

import pytest

from tests.rights import table
from tests.rights.calls import address
from tests.sockets import opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


async def code_of(world, row, caller):
    """101 where a snapshot comes, else the code with which the server closes."""
    socket = await opened(address(world, row.route, caller), world.people.get(caller))
    message = await socket.wire.receive_output(5)
    await socket.leave()
    return 101 if message["type"] == "websocket.send" else message["code"]


@pytest.mark.parametrize(
    "row", [row for row in table.rows() if row.method == "SOCKET"], ids=lambda row: row.route
)
async def test_sockets_open_for_whom_the_table_says(world, row):
    answered = {caller: await code_of(world, row, caller) for caller in row.statuses}
    assert answered == row.statuses
