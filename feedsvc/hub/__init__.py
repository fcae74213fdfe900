"""
Our WebSub hub (W3C Recommendation, w3.org/TR/websub), and what a hub of others is told.

`forms.py` reads the requests of subscribers. `rounds.py` does the errands that are due: `verifications.py` asks
callbacks whether they want a subscription, `deliveries.py` sends documents, `announcements.py` tells a hub of others.
"""
