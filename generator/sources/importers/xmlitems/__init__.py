"""Large XML files read item by item: bounded in memory, and damage to one item is no other's."""
