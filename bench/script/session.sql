-- What every session of the script sets for itself: it is alone on the machine.
set local work_mem = '256MB';
set local maintenance_work_mem = '512MB';
set local max_parallel_workers_per_gather = 2;
