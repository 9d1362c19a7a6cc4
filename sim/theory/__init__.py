"""Theory: pure functions of arrays, one idea a file, each with its source.

File, what it holds, sources (keys of ``references.md``).

aid: What donors pledge: some tire, and some follow what the others give. By design.
arrays: Array type aliases and the few reductions that every theory function shares. By design.
attribution: Who is blamed for a breach, and what blame teaches: reports that may miss a breach or lay it at the
    wrong door. Kydd2005.
attrition: Losses in battle and the weariness they leave: Lanchester's laws, fatigue, and falling public support.
    Lanchester1916, Mueller1973.
bargaining: Closed forms of bargaining theory between two sides on one pie: alternating offers, ultimata, screening.
    BinmoreRubinsteinWolinsky1986, Fearon1995, Nash1950, Rubinstein1982, Stahl1972.
bargaining_range: The room between two reservation values on one issue, and when learning opens it. Fearon1995,
    Nash1950, Slantchev2003.
beliefs: How a belligerent learns the drift of the front from the weeks it has seen. Kalman1960, Slantchev2003.
blocs: How a bloc decides: unanimity with hold-outs who can be bought, qualified majority, a leader, consensus.
    EUTreaty, HixNouryRoland2005, Riker1962.
challenge: Bueno de Mesquita's challenge model of one issue, in the replication by Scholz, Calbert and Smith.
    BuenoDeMesquitaStokman1994, ScholzCalbertSmith2011.
challenge_utility: Support, chances and expected gains of the challenge model: what an actor weighs before it gives
    way. ScholzCalbertSmith2011.
choice: Noisy acceptance: quantal response with a taste that persists from meeting to meeting. McFadden1974,
    McKelveyPalfrey1995, Signorino1999.
commitment: What a promise is worth when it may be broken: break hazards, temptation, preventive war. Fearon1995,
    Fortna2003, Powell2006, WernerYuen2005.
conditional_logit: Choice among options that differ in what speaks for them: conditional logit with a normal prior
    on its weights. McFadden1974.
council: The decision of the Security Council on a text, given how its members vote. UNCharter.
cut_points: How well one dimension tells votes apart: the best two cut points, and the cut points that a tally
    implies. BaileyStrezhnevVoeten2017, PooleRosenthal1985.
durability: Rules by which an agreement ends: by age, by a side's gain from ending it, and the limit of certain
    answers. Kydd2005, McKelveyPalfrey1995, Powell2006, Weibull1951.
durations: How long things last: Weibull durations, their hazard, and what is left of them. KalbfleischPrentice2002.
first_passage: When and where a drifting front reaches one of its ends. ChhikaraFolks1989, KarlinTaylor1981,
    Siegmund1979.
front: Movement of the front: its drift, the persistence of its luck, one weekly step, and its two absorbing ends.
    BoxJenkins1970, Lanchester1916.
frontier: The exact Pareto frontier of two sides over several issues, and the bargaining solutions on it. Kalai1977,
    KalaiSmorodinsky1975, Nash1950, Raiffa1982.
frontier_offers: Offers of two sides along their frontier: stacked offers of sides that concede, and offers of the
    patient. AydoganEtAl2017, BinmoreRubinsteinWolinsky1986, FaratinSierraJennings1998, Rubinstein1982, Sutton1986.
frontier_walk: Places along a frontier: where a side gets what it asks for, and even steps from one end to the
    other. Raiffa1982.
grid: The power grid under attack: damage of a wave, repair, winter demand, and what is missing. WashburnKress2009.
grit: Unilateral steps that are meant to be believed: who takes one, and what it teaches, by what it costs.
    Kydd2000, Osgood1962.
humanitarian: People in need: the stock of need, flight from the fighting, and the part of the appeal that is paid.
    By design.
influence: Influence over ties: public positions that drift to those of partners, and where they come to rest.
    DeGroot1974, FriedkinJohnsen1990, HegselmannKrause2002.
interactions: Losses that hang on two issues at once: a quadratic form in the scaled distances, added to the loss by
    issue. EnelowHinich1984, KleinEtAl2003.
item_response_propagation: Supports of all states for all texts from their votes, by expectation propagation.
    Minka2001, RasmussenWilliams2006.
item_response_site: What one vote says about a support that is itself uncertain: the ordered model with its support
    integrated out. BaileyStrezhnevVoeten2017.
item_response_texts: A hierarchical ordered item-response model of many texts: estimated votes, texts like each
    other, sticky states. BaileyStrezhnevVoeten2017.
ladder: Trust and the ladder of confidence-building steps: what a kept or broken promise teaches. Kydd2005,
    McKelveyPalfrey1995.
legislature: Bargaining in a legislature: one member at random proposes how to share, a quota of members must agree.
    BaronFerejohn1989, Eraslan2002.
logrolling: Trading issue for issue: what two sides gain by settling several issues at once instead of one by one.
    Nash1950, Raiffa1982.
lookup: Ranks of many numbers in one short sorted table, several times faster than a binary search from scratch. By
    design.
majority: Majorities of those present and voting: two thirds, one half, and how far above it a text comes.
    UNRulesGA.
median: Weighted medians and means of positions, and the alternative that no majority would replace. Black1948.
mediation: When a mediator is believed, and what is left of its leverage once it has gone home. Beardsley2008,
    Kydd2003.
moving_lines: Red lines that move while a war goes on: fatigue softens them, and blood that was shed hardens them.
    Goemans2000, Weisiger2013.
nuclear: A nuclear site near the fighting: weekly hazards of losing outside power and of a later accident. Cox1972.
ordered_form: Any forecast of a vote in the form of the ordered model: supports and bands that give its
    probabilities. BaileyStrezhnevVoeten2017.
outcomes: Finite outcome spaces: what combinations of a few choices are worth, which are efficient, which fair.
    Kalai1977, KalaiSmorodinsky1975, KeeneyRaiffa1976, Nash1950.
outside_options: Alternating offers between two sides that need not bargain for ever: outside options, and talks
    that may collapse. BinmoreRubinsteinWolinsky1986, Sutton1986.
pareto_surface: Texts on the Pareto surface of any number of parties over several issues, for tables of more than
    two. Raiffa1982.
power: Power that a voting rule confers: Shapley-Shubik, Banzhaf, Coleman and Penrose, in exact numbers.
    Banzhaf1965, Coleman1971, Penrose1946, ShapleyShubik1954.
preferences: What a set of terms is worth to a party: spatial loss, red lines and the norm term. EnelowHinich1984,
    Goemans2000, Zacher2001.
presence: Third parties come, go and have a name to lose: return after failure, rivals, and credibility learned from
    outcomes. Boehmelt2011, CrockerHampsonAall1999, Greig2005.
principal_points: Positions of states on the main dimensions of many roll calls: regularised principal components
    with gaps. TippingBishop1999.
procedure: Rules of procedure: in which order a body takes its questions, what majority each needs, what a vote
    changes. UNRulesGA.
quantal: Logit quantal response equilibrium of small games of two players in normal form. McKelveyPalfrey1995,
    Turocy2005.
rankings: What each party knows of a finite set of outcomes: its own in rising order, and what they are worth to the
    others. By design.
ratification: The second level: what ratifiers at home let through, and what a setter makes of it. Iida1993,
    Putnam1988, RomerRosenthal1978.
recognition: Bargaining under a closed rule over places instead of shares: whoever is recognised proposes, a quota
    agrees. BaronFerejohn1989.
resurrection: A leader who would lose office by losing a little, and who therefore stakes more on the war.
    Goemans2000.
ripeness: When a conflict is ripe for talks, and the weekly hazard that they open. Min2020, Pruitt1997, Zartman2000.
rules: Voting rules as exact objects: weighted quotas, their combinations, and the rules of two councils. EUTreaty,
    UNCharter.
sanctions: A coalition of sanctions: its pressure, the leaks in it, and who stays when peers leave. Early2015,
    Granovetter1978.
sealed_bids: Sealed bids to a mediator: two sides name a price each, and where the bids cross they split the
    difference. ChatterjeeSamuelson1983, MyersonSatterthwaite1983.
season: Seasons and counts: the yearly wave of a rate, its integral over a window, Poisson counts from one uniform.
    Devroye1986, Kingman1993.
segments: Pieces of each issue on which both sides' utilities are linear, ready for the frontier. Raiffa1982.
sincerity: Whether a side that talks means to settle: where its presence at the table comes from, and what refusals
    tell. BayleyHammersley1946, Kingman1993, Kydd2005, McKelveyPalfrey1995, Min2020.
stacked_offers: Stacked alternating offers: any number of parties that concede with time over a finite set of
    outcomes. AydoganEtAl2017, FaratinSierraJennings1998.
talk_learning: What a side learns from the other's answers at the table about the least that the other would take.
    BayleyHammersley1946, Kydd2003, LangloisLanglois2012, McKelveyPalfrey1995, Slantchev2003.
text_demand: What a coming text will demand: demand and band predicted from those of like texts, with their
    uncertainty. RasmussenWilliams2006.
text_likeness: How alike two texts are: covariances over texts by family, by what they demand, and by time. By
    design.
ties: Ties between states as sparse weights: scaling each row to one, and mixing several layers into one network. By
    design.
tolerance: What war does at home: the tolerance of civilians, the cold they sit in, the weekly cost a side feels.
    Pape1996.
two_level: Bargaining abroad under a vote at home: what a small win-set does to one's share and to the chance of a
    deal. Iida1993, Nash1950, Putnam1988, Schelling1960.
ultimatum: One offer to an opponent whose answer is uncertain: by its noise, or because its cost of war is not
    known. Fearon1995, McKelveyPalfrey1995.
voting: A vote of the General Assembly: latent support, the band of abstention, discipline, absence.
    BaileyStrezhnevVoeten2017, Black1948, EnelowHinich1984.
war_curvature: What the bend of curved losses adds to the value of war: a front that wanders is worth other than its
    mean. EnelowHinich1984, KarlinTaylor1981.
war_kink: What war is worth to a side whose ideal point lies inside the front's reach: a front can go too far for
    it. KarlinTaylor1981.
war_value: What continuing the war is worth: discounted ends, annuities, and the value of war built on them.
    Fearon1995, KarlinTaylor1981, Powell2006, Slantchev2003.
worth: What a party makes of terms, all at once: spatial losses, red lines and the norm, from weights laid out
    before. EnelowHinich1984.
zeuthen: Zeuthen's rule of concession between two sides: who would rather risk a conflict holds out, the other gives
    way. Harsanyi1956, RosenscheinZlotkin1994, Zeuthen1930.
"""
