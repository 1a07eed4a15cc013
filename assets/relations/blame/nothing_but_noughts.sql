-- A force without one offence in a period, and a release of the survey without one victim: a column of noughts.
select list(fid order by fid) as figures, count(*) as noughts
from figure
where x is not null and compared is null and (unit = 'offences' and area_type like '%force' or stem like 'csew.%')
group by edition, if(unit = 'offences', concat_ws('|', area_code, period_start, period_end), 'survey')
having count(*) >= {many} and max(abs(x)) = 0
order by figures
