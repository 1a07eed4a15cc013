"""What a sentence lets be worked out: wrong figures are told with what is worked out, right ones and untied ones are let be.

The sentences are made up, but for those of the Statement.
"""

from pathlib import Path

import pytest
from claims_kit import NEAR
from kit import ROOT

from assets.statement.scan.draft import coverage_report
from assets.statement.scan.scan import scan
from assets.statement.text.mentions import mentions_of
from assets.statement.text.sentence import Worked, sentences
from assets.statement.text.sentences import worked_out
from assets.statement.text.texts import Text, text_of

# Sentence -> what is worked out of the figure that does not agree. By hand: (1,100 - 1,000) / 1,000 = 10%, and so on.
WRONG = {
    "Rape offences fell to 6,060, up from 5,845 the year before.": "from 5,845 to 6,060 is a rise",
    "Rape offences rose to 5,845, down from 6,060 the year before.": "from 6,060 to 5,845 is a fall",
    "Rape offences fell from 5,845 in 2023 to 6,060 in 2024.": "from 5,845 to 6,060 is a rise",
    "Sexual offences: 215,180 (204,568), down 5.2%.": "from 204,568 to 215,180 is a rise of 5.2%",
    "Stalking offences rose from 1,000 to 1,100, a rise of 12%.": "from 1,000 to 1,100 is a rise of 10%, or 100",
    "A rise of 12% from 128,306 to 135,628 was recorded.": "from 128,306 to 135,628 is a rise of 5.7%, or 7,322",
    "Rape increased by 25% from 63,136 in the year ending March 2023 to 71,227 in the year ending March 2025.":
        "from 63,136 to 71,227 is a rise of 12.8%, or 8,091",
    "Domestic abuse rose by 12%, from 800,000 to 700,000.": "a fall of 11.3 to 13.7%",
    "There were 135,628 stalking offences, up 12% from 128,306 the year before.": "a rise of 5.7%",
    "There were 135,628 offences in 2025, compared with 128,306 in 2024, an increase of 15%.": "a rise of 5.7%",
    "Offences rose by 12 per cent to 1,220 (from 1,000).": "a rise of 22%, or 220",
    "There was a 12 per cent rise in stalking and harassment offences - from 1,000 in the year ending March 2019 to 1,170 "
    "in the year ending March 2020.": "a rise of 17%",
    "Police recorded 846,235 offences of domestic abuse for the 12-month period, a 6% increase from 713,958 in the year before.":
        "a rise of 18.5%",
    "There were 34,741 rapes and 68,873 other sexual offences, bringing the total to 113,614.": "come to 103,614",
    "Offences fell from 1,000 to 880 (-22%).": "a fall of 12%",
    "Reports more than doubled, from 1,200 to 1,900.": "a rise of 58.3%",
    "Cases halved from 1,000 to 700.": "a fall of 30%",
    "There was a three-fold increase from 100 to 250.": "a rise of 150%",
    "Charges were up by a third, from 3,000 to 3,300.": "a rise of 10%",
    "The charge rate rose from 5.2% to 6.1%, an increase of 3 percentage points.": "0.80 to 1 percentage points",
    "Offences rose from 1,000 to 1,100, an increase of 10 percentage points.": "a rise of 10%, or 100",
    "The charge rate rose from 5.2% to 6.1%, an increase of 40%.": "a rise of 15.2 to 19.4%",
    "Offences increased by 500, from 1,020 to 1,620.": "or 600",
    "There were 12,000 rapes, 8,000 assaults and 5,000 exposures, together 30,000 offences.": "come to 23,500 to 26,500",
    "In total 2,600 offences were recorded: 1,250 rapes, 811 assaults and 520 exposures.": "1,250, 811, 520 come to 2,581",
    "There were 63,136 rapes in the year to June, the Office said, up 19% from the previous period (56,119).": "a rise of 12.5%",
    "There were 135,628 offences, down 6% compared with the year ending March 2024 (128,306).": "a rise of 5.7%",
    "An estimated 2.3 million people (1.9 million women and 712,000 men) were victims.": "come to 2,561,500 to 2,662,500",
    "Of the year's 4,120 arrests (3,900 men and 120 women), most were in May.": "come to 4,020",
    "There were 2,000 victims (1,230 women and 745 men).": "come to 1,975",
    "There were 199,021 offences in 2022. This is up 12% compared with the year ending March 2020 (163,244).": "a rise of 21.9%",
    "There were 199,021 offences in 2022. Of these, 45% (70,633) were rapes.": "70,633 of 199,021 is 35.5%",
    "There were 199,021 offences. Of the total number of offences, 70,633 (53%) were rapes.": "70,633 of 199,021 is 35.5%",
    "There were 199,021 offences. The remaining 128,388 (46%) were none.": "128,388 of 199,021 is 64.5%",
    "412 of 1,248 suspects (45%) were charged.": "412 of 1,248 is 33.0%",
    "45% (412 of 1,248) were charged.": "412 of 1,248 is 33.0%",
    "Of 1,248 suspects, 412 (45%) were charged.": "412 of 1,248 is 33.0%",
    "Police recorded 816,493 offences (25% of 5.4 million crimes).": "816,493 of 5.4 million is 15.0 to 15.3%",
    "One in four women (35%) has experienced abuse.": "One in four is 22.2 to 28.6%",
    "35% of women, or one in four, have experienced abuse.": "one in four is 22.2 to 28.6%",
    "Half of victims (62%) told nobody.": "Half is 45 to 55%",
    "40% were charged, 35% were cautioned and the remaining 35% took no further action.": "come to 108.5 to 111.5%",
    "The police record 1,080,157 offences a year, or over 3,000 a day.": "1,080,157 in a year is 2,951 to 2,959 a day",
    "In 2022/23 some 1,080,157 crimes were recorded. This equates to around 3,959 recorded daily.": "2,951 to 2,959 a day",
    "Recorded stalking changed: 128,829 (March 2024) against 135,628 (March 2025), a rise of 9.3%.": "a rise of 5.3%",
    "Offences rose from 304,006 to 319,695 between March 2025 and December 2025, up 15.2%.": "a rise of 5.2%",
    "Offences numbered 309 in 2025, compared with 259 in the year ending March 2025 (+29.3%).": "a rise of 19.3%",
    "The police recorded 11,171 offences in the year ending December 2025, 72% more than the 8,793 in the year to March 2025.":
        "a rise of 27.0%",
    "Police recorded 51,323 rapes in the year to December 2025, 2,913 more than the 49,004 recorded in the year before.":
        "or 2,319",
    "Of these, 70,633, 35 per cent, were rapes, a 30 per cent increase from the 59,104 recorded in 2020.": "a rise of 19.5%",
    "Rape accounted for 53% of all offences, 74,174 of 209,061.": "74,174 of 209,061 is 35.5%",
    "About 7.3% of women have been raped, against 0.5% of men, so women are about 25 times as likely.": "a rise of",
    "About 3.8 million people were victims, of whom 2.2 million were women and 1.9 million were men.": "come to 4",
    "Police recorded 71,581 rapes - that is 18 every hour.": "71,581 in a year is 8.1 to 8.2 an hour",
    "There were 71,581 rapes in the year, one every two minutes.": "one every 7.3 to 7.4 minutes",
    "Every day in 2024/25 police recorded 573 sexual offences, or one every five minutes.": "in a day is one every 2.5 minutes",
    "There were 209,061 sexual offences: 71,581 rapes and 157,480 others.": "come to 229,061",
    # A sentence that says nothing but the change of the two of the one before:
    "There were 816,493 crimes in 2024/25, compared with 851,062 in 2023/24. This was a fall of 14%.": "a fall of 4.1%",
    # Or of the days that stand beside the two:
    "Police recorded 2,949 crimes in 2024/25 and 2,755 in 2023/24. This is an increase of 17%.": "is a rise of 7.0%",
    "Police recorded 2,949 crimes in 2024/25 and 2,755 in 2023/24, a fall of 7%.": "2,755 to 2,949 is a rise of 7.0%",
    "It was 7.8% in the year ending March 2025 and 8.0% the year before, a fall of 2 percentage points.": "a fall of 1.3 to 3.7%",
    # Three figures, in whatever order:
    "The total, 71,581, is 9.5% above that of the year before, 67,838.": "a rise of 5.5%",
    "An increase of 9.5% on the 67,838 of the year before takes the total to 71,581.": "a rise of 5.5%",
    "Compared with 67,838 a year earlier, there were 71,581 rapes (an increase of 9.5%).": "a rise of 5.5%",
    "Rape: 71,581 offences in the year to March 2025 (67,838 the year before, +8.5%).": "a rise of 5.5%",
    "The number of rapes rose by 3,743 (9.5%) to 71,581.": "by 3,743 to 71,581 is a rise of 5.5%",
    "2,000 charges followed, 800 fewer than in the previous year (2,500).": "or 500",
    "The share rose by 5 percentage points to 12%, compared with 10% in the year before.": "1 to 3 percentage points",
    "Women (2.2 million) were more than three times as likely as men (0.8 million).": "2.5 to 3 times",
    "There were twice as many reports in 2024 (3,400) as in 2014 (1,200).": "2.8 times",
    "816,493 offences, or 25% of all 5.4 million, were flagged.": "816,493 of 5.4 million is 15.0 to 15.3%",
    "Domestic abuse made up 25% (816,493) of all 5.4 million offences.": "816,493 of 5.4 million is 15.0 to 15.3%",
    "4,500 offences were closed, a third of the 9,000 recorded.": "4,500 of 9,000 is 50",
    "A third of the 9,000 offences, 4,500, were closed.": "4,500 of 9,000 is 50",
    "Of 9,000 offences, one third (4,500) were closed.": "4,500 of 9,000 is 50",
    "Just 1,933 of 71,581 rapes led to a charge, that is fewer than 2%.": "1,933 of 71,581 is 2.7%",
    "ONS figures show that 172,190 harassment and stalking offences were recorded in England and Wales between January and March "
    "2021, a 35% rise on the 27,985 recorded during the same period in 2020.": "a rise of 515.3%",
    "There were 4,120 prosecutions. Of those prosecutions, 2,950 resulted in convictions, which is a conviction rate of 85%.":
        "2,950 of 4,120 is 71.6%",
    "The helpline answered 120,000 calls in 2024/25, some 500 a day.": "314.2 to 342.5 a day",
    "There were 911,232 crimes of abuse in the year, 33,826 of them sexual offences (7.3%).": "33,826 of 911,232 is 3.7%",
    "Stalking hit 2.9% of people aged 16 and over in 2025, down from 3.4% in 2023, a fall of 25%.": "a fall of 11.9 to 17.4%",
    "Rape was recorded 51,323 times in 2025, an average of 5,277 a month.": "51,323 in a year is 4,277 a month",
    "In Kent 20,121 were recorded, 1,199 (15.6%) fewer than the 21,320 of the year before.": "a fall of 5.6%",
    "Men (8.4%) were about a third as likely as women (12.8%) to say so.": "0.65 to 0.66 times as many",
    # A list of parts, and a part of a part:
    "Of 1,000 offences, 400 (40%) were rapes, 300 (30%) assaults and 200 (25%) exposures.": "200 of 1,000 is 20%",
    "Of 1,000 offences, two in five (400) were rapes and 37% (270) assaults.": "270 of 1,000 is 27%",
    "40% of rapes were reported, and a quarter of those, or 30% of all rapes, were charged.": "a quarter of 40% is 8.9 to 11.1%",
    "37% of these offences are domestic abuse. Half of that, or about 28%, is stalking.": "Half of 37% is 16.4 to 20.6%",
    "20% of the 40% is 9%.": "20% of 40% is 7.7 to 8.3%",
    # Words alone say which way it went.
    "The police recorded 1,000 such crimes in the year ending March 2024; an increase compared with the previous year (1,100).":
        "from 1,100 to 1,000 is a fall",
    "There were 1,000 rapes in 2024, up on the 1,100 recorded the year before.": "from 1,100 to 1,000 is a fall",
    "The police recorded 1,200 rapes, lower than the 1,100 of 2023.": "from 1,100 to 1,200 is a rise",
    "The charge rate fell for the second year to 6.1% in 2023/24, compared with 5.2% in 2022/23.": "from 5.2% to 6.1% is a rise",
    "Prosecutions rose to 1,000 in 2024 from 1,100.": "from 1,100 to 1,000 is a fall",
}  # fmt: skip
RIGHT = (
    "In Kent 20,121 were recorded, 1,199 (5.6%) fewer than the 21,320 of the year before.",
    "Men (8.4%) were about two thirds as likely as women (12.8%) to say so.",
    "Of 1,000 offences, 400 (40%) were rapes, 300 (30%) assaults and 200 (20%) exposures.",
    "40% of rapes were reported, and a quarter of those, or 10% of all rapes, were charged.",
    "37% of these offences are domestic abuse. Half of that, or 18%, is stalking.",
    "There were 199,021 offences in 2022. That is 545 every day.",
    "Sexual offences: 215,180 (204,568), up 5.2%.",
    "Of these, 70,633, 35 per cent, were rapes, a 20 per cent increase from the 59,104 recorded in the 12 months to March 2020.",
    "There were 108 homicides, a similar number to the previous year (107) and of these, 83 were women and 25 were men.",
    "The charge rate was up 5 percentage points from 20 to 25%.",
    "In all 1,459,663 crimes and incidents were recorded. Of the total number of them, 613,929 (42%) were no crimes. The "
    "remaining 845,734 (58%) were.",
    "Stalking offences rose from 1,000 to 1,100, a rise of 10%.", "Reports more than doubled, from 1,200 to 2,500.",
    "There was a three-fold increase from 100 to 300.", "There was a three-fold increase from 100 to 400.",
    "There were 63,136 rapes in the year to June, the Office said, up 13% from the previous period (56,119).",
    "An estimated 2.3 million people (1.6 million women and 712,000 men) were victims.",
    "Offences fell from 1,000 to 880 (-12%).", "Cases fell by half from 1,000 to 500.",
    "The charge rate rose from 5.2% to 6.1%, an increase of 0.9 percentage points.",
    "The charge rate rose from 5.2% to 6.1%, an increase of 17%.", "Police grant rises from £10m to £12m, a 20% increase.",
    "Rape rose 10% from 100 to 110 and stalking fell 5% from 200 to 190.",
    "There were 12,000 rapes, 8,000 assaults and 5,000 exposures, together 26,000 offences.",
    "2.2 million women and 1.5 million men, 3.8 million adults in total.", "412 of 1,248 suspects (33%) were charged.",
    "One in four women (25%) has experienced abuse.", "Three in five (59%) were ex-partners.",
    "40% were charged, 35% were cautioned and the remaining 25% took no further action.",
    "Of the 40% who told somebody, 80% told a friend and the remaining 20% the police.",
    "In 2022/23 some 1,080,157 crimes were recorded, nearly 3,000 a day.",
    "Recorded stalking changed: 128,829 (March 2024) against 135,628 (March 2025), a rise of 5.3%.",
    "Offences rose from 304,006 to 319,695 between March 2025 and December 2025, up 5.2%.",
    "Offences numbered 309 in 2025, compared with 259 in the year ending March 2025 (+19.3%).",
    "The police recorded 11,171 offences in the year ending December 2025, 27% more than the 8,793 in the year to March 2025.",
    "Police recorded 51,323 rapes in the year to December 2025, 2,319 more than the 49,004 recorded in the year before.",
    "Rape accounted for 35% of all offences, 74,174 of 209,061.",
    "About 7.3% of women have been raped, against 0.5% of men, so women are about 15 times as likely.",
    "About 3.8 million people were victims, of whom 2.2 million were women and 1.5 million were men.",
    "Police recorded 71,581 rapes - that is 8 every hour.",
    "There were 899,000 offences in 2024, that is a crime every 35 seconds.",
    "Every day in 2024/25 police recorded 573 sexual offences, or one every two and a half minutes.",
    "The number of rapes rose by 3,743 (5.5%) to 71,581.",
    "Women (2.2 million) were more than twice as likely as men (0.8 million).",
    "At 71,581, rapes are 5.5% above the 67,838 recorded a year earlier.",
    "816,493 offences, or 15% of all 5.4 million, were flagged.", "Half of the 4,000 victims (2,000) were women.",
    "Coercive control: 17,616 offences in the year ending March 2019, almost double the 9,053 in the previous 12 months.",
    "The total includes 196,889 offences, up 20 per cent year-on-year from 164,043 and 21 per cent higher than before.",
    "There were 570 homicides, 3% lower than the previous year (585 victims); without 2021 the fall was the least since 2016.",
    "There were 70,600 rapes in the year to June, a record high and an increase of 20 per cent from 59,046 in 2019/20.",
    "The 43 forces recorded 33,431 rapes and 66,178 other sexual offences, a total of 99,609.",
    "There were 816,493 crimes in 2024/25, compared with 851,062 in 2023/24. This was a fall of 4%.",
    "Police recorded 2,949 crimes in 2024/25 and 2,755 in 2023/24, an increase of 7%.",
    "Police recorded 2,755 crimes in 2023/24 and 2,949 in 2024/25. This is an increase of 7%.",
    "It was 7.8% in the year ending March 2025 and 8.0% the year before, a fall of 0.2 percentage points.",
    "There were 74,174 rapes in 2025, up almost 5 per cent on the 70,898 of the year before.",
    # Of the Statement:
    "VAWG-related crimes increase by 37% (estimated 789,703 to 1,080,157).",
    "There has been an estimated 435% increase in child sexual abuse and exploitation offences between 2013 and 2022 "
    "(from just over 20,000 to nearly 107,000).", "1 in 3 women in the UK (36%) have experienced online abuse.",
    "Sexual assault offences make up nearly half (48%) of all RASSO offences.",
)  # fmt: skip
# Words that do not tie their figures: nothing is worked out.
UNTIED = (
    "37% of crimes are domestic abuse. Half of these, or 30% of all violent crimes, involve alcohol.",
    "Some 5.8 million offences were recorded, a two per cent rise, though there was a drop to 4.9 million without fraud.",
    "Some 5.8 million offences were recorded, a 2% rise on last year, and a one per cent drop to 4.9 million without fraud.",
    "This was a “genuine increase” of 9.6 per cent or 2,002 offences, with the remaining 27.1 per cent due to counting.",
    "Rape offences rose to 6,060, up from 5,845 the year before.", "The fall in arrests led to 6,060 charges, up from 5,845.",
    "Offences of up to 5,845, down from 6,060 the year before.", "Rapes rose from 5,845 in 2023/24 to 6,060 in 2024/25.",
    "Sexual offences: 215,180 (204,568), up 8%.",
    "Of victims 62% were women, 40% of whom were younger than 25, and the remaining 38% were men.",
    "Offences rose by 36.7 per cent. Of that 9.6 per cent was genuine, with the remaining 27.1 per cent due to counting.",
    "A rise of 36.7%, of which 9.6% was genuine and the remaining 27.1% due to counting.",
    "There were 1,200 rapes last year; an increase compared with the previous year (1,100).",
    "1,200 rapes were recorded, and arrests were lower than the previous year (1,500).",
    "Prevalence was 5.1%; this was not an increase compared with the previous year (5.3%).",
    "The charge rate rose to 5.2%, compared with 6.1% for all offences.",
    "Police recorded 1,200 rapes, more than in the previous year (1,100) but fewer than in 2019 (1,300).",
    "Each day 573 sexual offences were recorded. That is one every 151 seconds.",
    "There were 199,021 offences in 2022. These new offences rose by 5% from 100.",
    "There were 199,021 offences and 500 arrests. The remaining 128,388 (46%) were none.",
    "There were 199,021 offences and 500 arrests. Of these, 45% (70,633) were rapes.",
    "There were 199,021 offences in 2022. Rapes were up 12% on the year before (163,244).",
    "There were 2,000 victims (600 women and 200 men in Kent).",
    "Of 3,000 answers (among them 500 women and 300 men) most were short.",
    "Domestic abuse rose 12% in London, while elsewhere the numbers went from 100 to 300.",
    "Domestic abuse rose 12% in London and the numbers of elsewhere went from 100 to 300.",
    "Rape rose 12% in London and cases were up from 100 to 300.",
    "Satisfaction of victims rose (from 78% to 89%), a 50% increase in arrests.",
    "Sentences went from 2 years to 5 years, up 20% in magistrates' courts.",
    "Women made up 73% of victims, compared with 27% of men, an increase of 2 percentage points since 2023.",
    "A total of 3,000 victims, including 500 children, 300 men and 200 people over 70, came forward.",
    "There were 500 rapes, 300 assaults and 200 others, a total of 3,000 including attempts.",
    "In 2022/23, 1,080,157 crimes were recorded and police took, on average, 500 domestic abuse calls a day.",
    "From 2019 to 2024 the number grew by 12%.", "Ages range from 16 to 74, an increase of 10% on last year.",
    "Victims were 2,000 adults, of whom 600 were women and 200 were men under 30.",
    "Sexual offences rose by 5% to 209,061, of which 71,581 were rapes.",
    "Sexual offences rose by 5% to 209,061 and rape to 71,581.", "A third of the 9,000 offences were rapes, 1,500 assaults.",
    "Police flagged 816,493 offences and charged 15% of the 5.4 million suspects.",
    "Of 2,000 victims 40% told nobody, and 500 told a friend.", "Rape rose 5% to 71,581, with 1,933 charges.",
    "The 43 forces recorded 209,061 offences, 5% more than in 2024.",
    "Compared with 2024, the 43 forces recorded 209,061 offences, 5% more.",
    "Police took 2,000 calls and recorded 209,061 offences, 5% more than in 2024.",
    "Some 150,000 victims and 209,061 offences were recorded, 5% more than in 2024.",
    "There were 816,493 crimes in 2024/25, compared with 851,062 in 2023/24. This is an increase of 9% since 2019.",
    "Harassment fell from 717,239 to 599,180 because of malicious communications, which fell from 170,318 to 98,921.",
    "In 2024-25, 1,344 offences were recorded, 6% more than in the year before, and in Northshire 11,208.",
    "A higher proportion of women (3.0%) than men (0.7%) were victims.",
    "Of figures ten times, twice or a tenth 25 of 33 are let out.",
    "Kent recorded 1,000 rapes in 2023/24 and 1,200 assaults in 2024/25, an increase of 5%.",
    "Police recorded 2,949 crimes in 2024/25 and 2,755 in 2023/24, up 30% on 2019/20.",
    "Police recorded 2,949 crimes in 2024/25 and 2,755 in 2023/24, an increase of 17% in arrests.",
    "It was up from 6,715 recorded the 12 months prior and up from 5,813 in the year to March 2020.",
    "Some 12 of these and up from 5,813 in the year to March 2020.",
    "1 in 4 women or 1 in 10 men.", "The estimate is 1.4 million (1.19 to 1.64 million), up 5% on last year.",
    "Arrests per 100 rose from 29.6 in the year ending March 2022 to 36.3 in the year ending March 2023.",
)  # fmt: skip


# Right sentences of several figures: some are worked out, and none is accused.
SEVERAL = (
    "Of 1,000 suspects, 400 (40%) were charged and 300 convicted (75%).",
    "Of 1,000 suspects, 400 (40%) were charged, and 300 (75%) of them were convicted.",
    "Of 1,000 offences 400 (40%) were rapes, and in Kent 300 (75%) were.",
    "Of 1,000 victims, 400 (40%) were women, up from 350 (38%) the year before.",
    "Offences fell 5% to 949,000, having risen 8% to 999,000 the year before.",
    "A total of 2,949, up 7% from 2,755, were recorded: 111 were FGM, 201 forced marriage and the remaining 2,637 others.",
    "There were 108 domestic homicides (83 women and 25 men), up from 107 (80 women and 27 men).",
    "The force recorded 5,200 offences, 400 more than last year's 4,800 and 600 fewer than in 2019 (5,800).",
    "The backlog grew to 3,300 cases, three times the 1,100 of 2019 and 14% more than last year's 2,900.",
    "It cost £4.2m, up from £3.5m (20%), of which £1.4m (a third) went to refuges.",
    "Offences fell to 4,900 in the second quarter, up from 4,700 in the same quarter of last year, after 5,300 in the first.",
)


def worked(*blocks: str) -> list[Worked]:
    found, subject = list[Worked](), None
    for block in blocks:
        some, subject = worked_out(sentences(block, list(mentions_of(block, 1)), NEAR), subject)
        found += some
    return found


@pytest.mark.slow
@pytest.mark.parametrize("sentence", WRONG)
def test_a_figure_that_its_sentence_contradicts_is_told(sentence: str) -> None:
    found = worked(sentence)
    [wrong] = [one for one in found if not one.holds]
    assert WRONG[sentence] in wrong.words


@pytest.mark.parametrize("sentence", SEVERAL)
def test_a_right_figure_among_several_is_not_accused(sentence: str) -> None:
    assert all(one.holds for one in worked(sentence))


@pytest.mark.slow
@pytest.mark.parametrize("sentence", RIGHT)
def test_a_figure_that_agrees_with_its_sentence_is_let_be(sentence: str) -> None:
    found = worked(sentence)
    assert found and all(one.holds for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("sentence", UNTIED)
def test_figures_that_no_word_ties_are_not_worked_out(sentence: str) -> None:
    assert worked(sentence) == []


def test_a_paragraph_goes_on_from_the_count_of_the_one_before_it() -> None:
    blocks = (
        "There were 199,021 offences. This is up 22% on the year before (163,244).",
        "Of these, 35% (70,633) were rapes.",
    )
    assert [(one.words, one.holds) for one in worked(*blocks)] == [
        ("from 163,244 to 199,021 is a rise of 21.9%, or 35,777", True), ("70,633 of 199,021 is 35.5%", True),
    ]  # fmt: skip
    assert [one.holds for one in worked(blocks[0], blocks[1].replace("35%", "53%"))] == [True, False]
    assert len(worked(blocks[0], "Courts sat 40 days.", blocks[1])) == 1


def test_a_change_told_twice_is_worked_out_twice() -> None:
    found = worked("Some 746,219 were crimes, up from 599,549 in the year before - an increase of 146,670 (34%).")
    assert [one.holds for one in found] == [True, False]


def test_a_scan_says_what_does_not_work_out_beside_the_number() -> None:
    text = Text("made up", ("Offences rose from 1,000 to 1,100, a rise of 12%. Cases halved from 1,000 to 500.",))
    said = coverage_report(scan(text, near=NEAR))
    assert "worked out from their own sentence or table: 2; of these do not agree 1" in said
    assert "Does not work out:" in said and "[12%]" in said and "from 1,000 to 1,100 is a rise of 10%, or 100" in said
    assert "work out" not in coverage_report(scan(text))


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_no_page_of_the_project_is_contradicted(page: Path) -> None:
    assert [one for one in worked(*text_of(page).blocks) if not one.holds] == []


def test_a_number_beside_a_date_is_read_as_a_number() -> None:
    """ "2023 to 71,227" is no range of which a date is one end."""
    [number] = [mention for mention in mentions_of("from March 2023 to 71,227 now", 1) if mention.proposed is None]
    assert number.text == "71,227" and number.figure is not None and number.figure.value == 71_227
