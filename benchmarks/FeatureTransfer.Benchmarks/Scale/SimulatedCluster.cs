using FeatureTransfer.Orleans.Jobs;

namespace FeatureTransfer.Benchmarks.Scale;

/// <summary>What a simulated cluster is like.</summary>
/// <param name="Silos">How many silos.</param>
/// <param name="Rows">How many rows the job has.</param>
/// <param name="ShardRows">How many rows a shard has.</param>
/// <param name="Slow">The share of silos that run at a quarter of the others' speed.</param>
/// <param name="HoursBetweenDeaths">How long a silo lives on average; it is back two minutes later. Infinity: for ever.</param>
internal sealed record SimulatedConditions(int Silos, int Rows, int ShardRows, double Slow, double HoursBetweenDeaths);

/// <summary>What came out of a simulation.</summary>
/// <param name="Seconds">How long the job took.</param>
/// <param name="Ideal">How long it would take if no silo ever died or waited.</param>
/// <param name="Deaths">How many silos died.</param>
/// <param name="Twice">Rows that were computed twice.</param>
internal readonly record struct SimulatedOutcome(double Seconds, double Ideal, int Deaths, long Twice);

/// <summary>
/// Silos that die and are slow, on a simulated clock, with the product's own code for shards and leases. A silo that dies leaves the rows that it has
/// flushed, in groups of 32; the others hear of it when its lease expires. The cost of a shard beside its rows is left out.
/// </summary>
internal sealed class SimulatedCluster
{
    // As measured, see benchmarks/README.md: MobileNetV2 on two cores.
    private const double RowsPerSecond = 179;
    private const int FlushRows = 32;
    private const double DeadAfter = 15, Renewal = DeadAfter / 6, Idle = 0.5, Back = 120, Spread = 0.1;
    private readonly SimulatedConditions _conditions;
    private readonly Random _random;
    private readonly SimulatedClock _clock = new();
    private readonly JobState _job;
    private readonly Silo[] _silos;
    private readonly int[] _kept;
    private readonly PriorityQueue<(int Silo, int Life), double> _events = new();
    private int _deaths;
    private long _computed;

    public SimulatedCluster(SimulatedConditions conditions, int seed)
    {
        _conditions = conditions;
        _random = new Random(seed);
        Shard[] shards = [.. Enumerable.Range(0, (conditions.Rows + conditions.ShardRows - 1) / conditions.ShardRows)
            .Select(number => new Shard(number, 0, Math.Min(conditions.ShardRows, conditions.Rows - (number * conditions.ShardRows))))];
        _kept = new int[shards.Length];
        var job = new JobSpec { Id = Guid.Empty, Version = "", Fingerprint = "", Backbone = "", Store = "", List = "", Folder = "" };
        _job = new JobState(job, shards, [], TimeSpan.FromSeconds(DeadAfter), _clock);
        _silos = [.. Enumerable.Range(0, conditions.Silos).Select(number => new Silo($"{number}", number < conditions.Slow * conditions.Silos ? RowsPerSecond / 4 : RowsPerSecond))];
    }

    public SimulatedOutcome Run()
    {
        for (var number = 0; number < _silos.Length; number++)
            Begin(number, 0);
        while (!_job.Progress(0).IsDone)
        {
            _events.TryDequeue(out var next, out var time);
            var silo = _silos[next.Silo];
            if (silo.Life != next.Life)
                continue;
            _clock.Seconds = time;
            if (time >= silo.Death)
                Die(next.Silo, time);
            else
                Step(next.Silo, time);
        }

        return new SimulatedOutcome(_clock.Seconds, _conditions.Rows / _silos.Sum(silo => silo.Speed), _deaths, _computed - _conditions.Rows);
    }

    private void Begin(int number, double time)
    {
        var silo = _silos[number];
        silo.Life++;
        silo.Death = double.IsInfinity(_conditions.HoursBetweenDeaths) ? double.PositiveInfinity : time - (3600 * _conditions.HoursBetweenDeaths * Math.Log(1 - _random.NextDouble()));
        silo.Shard = null;
        At(number, time);
    }

    private void Die(int number, double time)
    {
        _deaths++;
        var silo = _silos[number];
        if (silo.Shard is { } shard)
        {
            var rows = (int)((time - silo.Since) * silo.Pace);
            _computed += rows;
            _kept[shard.Number] += rows / FlushRows * FlushRows;
        }

        Begin(number, time + Back);
    }

    private void Step(int number, double time)
    {
        var silo = _silos[number];
        if (silo.Shard is { } shard)
        {
            if (time >= silo.End)
            {
                _computed += shard.Rows - silo.Found;
                _kept[shard.Number] = shard.Rows;
                _job.Complete(silo.Name, shard.Number, null);
                silo.Shard = null;
            }
            else
            {
                _job.Renew(silo.Name, shard.Number, 0);
                At(number, Math.Min(silo.End, time + Renewal));
                return;
            }
        }

        if (_job.Take(silo.Name) is { } lease)
        {
            (silo.Shard, silo.Since, silo.Found) = (lease.Shard, time, _kept[lease.Shard.Number]);
            silo.Pace = silo.Speed * (1 + (Spread * ((2 * _random.NextDouble()) - 1)));
            silo.End = time + ((lease.Shard.Rows - silo.Found) / silo.Pace);
            At(number, Math.Min(silo.End, time + Renewal));
        }
        else
        {
            At(number, time + Idle);
        }
    }

    // A silo that dies before its next step does so when it dies.
    private void At(int number, double time) => _events.Enqueue((number, _silos[number].Life), Math.Min(time, _silos[number].Death));

    private sealed class Silo(string name, double speed)
    {
        public string Name => name;
        public double Speed => speed;
        public int Life { get; set; }
        public double Death { get; set; }
        public Shard? Shard { get; set; }
        public double Since { get; set; }
        public double Pace { get; set; }
        public double End { get; set; }
        public int Found { get; set; }
    }

    private sealed class SimulatedClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (long)(Seconds * TimeSpan.TicksPerSecond);
    }
}
