"""Who may visit the page: names and passwords, proxies in front, sessions, and the door where people sign in."""
