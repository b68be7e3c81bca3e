namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a search hands to the run of its winner.</summary>
/// <param name="Result">The trials.</param>
/// <param name="Winner">The plain pipeline.</param>
/// <param name="HeldOut">The numbers of the source's rows that no trial saw.</param>
internal sealed record FoundPipeline(SearchResult Result, PipelineDefinition Winner, IReadOnlySet<int> HeldOut);

/// <summary>Finds the best of the pipelines that a search may try, on the training rows of its split.</summary>
internal sealed class PipelineSearch
{
    private const int RowsOfALabel = 8;
    private const int FewRows = 40;
    private readonly PipelineDefinition _definition;
    private readonly SearchOptions _search;
    private readonly FeatureTransferServices _services;
    private readonly TrainingRows _rows;
    private readonly Trials _trials;
    private bool _outOfTime;

    /// <summary>Reads the rows.</summary>
    /// <exception cref="FeatureTransferException">The data cannot be read, or have nothing to learn.</exception>
    public PipelineSearch(PipelineDefinition definition, FeatureTransferServices services)
    {
        (_definition, _search, _services) = (definition, definition.Search!, services with { Rejected = new RejectedRowCollector() });
        _search.Validate();
        _rows = TrainingRows.Read(definition with { Search = null }, _services);
        _trials = new Trials(_search, _rows, new TrialJournal(new RunOutputs(definition).PathOf(definition.Outputs.Trials), _rows.Fingerprint), _services);
    }

    /// <summary>Searches, and writes the winner.</summary>
    /// <exception cref="FeatureTransferException">No candidate could be judged.</exception>
    public FoundPipeline Run()
    {
        var candidates = new SearchSpace(_definition).Draw();
        var judged = Rounds(candidates);
        var ranked = judged.Values.GroupBy(trial => trial.Round).OrderByDescending(round => round.Key).SelectMany(SearchTrial.Best).ToList();

        // Where the trials of the last round failed, one of an earlier round has won.
        ranked = [.. ranked.OrderBy(trial => trial.CrossValidation is null)];
        if (ranked[0].CrossValidation is null)
            throw new FeatureTransferException($"{_definition.Name}: none of {ranked.Count} candidates of the search could be judged. The first: {ranked[0].Error}");
        var winner = candidates[ranked[0].Number - 1].Definition!;
        var path = new RunOutputs(_definition).PathOf(_definition.Outputs.Winner);
        if (path is not null)
            PipelineWriter.Write(winner with { BaseFolder = winner.BaseFolder ?? Directory.GetCurrentDirectory() }, path);
        var result = new SearchResult { Strategy = _search.Strategy, Trials = ranked, Rows = _rows.Count, Seconds = _trials.Seconds, Resumed = _trials.Resumed, OutOfTime = _outOfTime, WinnerPath = path };
        return new FoundPipeline(result, winner, _rows.HeldOut);
    }

    private Dictionary<int, SearchTrial> Rounds(IReadOnlyList<Candidate> candidates)
    {
        var (judged, left, sizes) = (new Dictionary<int, SearchTrial>(), candidates, Sizes(candidates.Count));
        var (done, total) = (0, sizes.Select((_, round) => Left(candidates.Count, round)).Sum());
        for (var round = 0; round < sizes.Count; round++)
        {
            // The better ones come first, so that the time ends with them where it ends.
            foreach (var candidate in left)
            {
                _outOfTime = done > 0 && _trials.Seconds >= 60 * _search.Minutes;
                if (_outOfTime)
                    return judged;
                _services.Cancellation.ThrowIfCancellationRequested();
                judged[candidate.Number] = _trials.Judge(candidate, round + 1, sizes[round]);
                done++;
                _services.Progress?.Report(new WorkProgress($"Judging candidates of {_definition.Name}", done, total));
            }

            left = [.. SearchTrial.Best(left.Select(candidate => judged[candidate.Number])).Take(Left(candidates.Count, round + 1)).Select(trial => candidates[trial.Number - 1])];
        }

        return judged;
    }

    /// <summary>The rows of each round: all in the last, and in each before it a share, as long as there are candidates to drop and rows to learn from.</summary>
    private List<int> Sizes(int candidates)
    {
        var sizes = new List<int> { _rows.Count };
        var first = _search.FirstRows ?? Math.Max(FewRows, RowsOfALabel * _rows.Labels);
        while (_search.Strategy == SearchStrategy.Halving && Left(candidates, sizes.Count - 1) > _search.Reduction && sizes[0] / _search.Reduction >= first)
            sizes.Insert(0, sizes[0] / _search.Reduction);
        return sizes;
    }

    private int Left(int candidates, int round)
    {
        for (; round > 0; round--)
            candidates = (candidates + _search.Reduction - 1) / _search.Reduction;
        return candidates;
    }
}
