namespace FeatureTransfer.Studio.Session;

/// <summary>What one page looks at: which rows it lists, the row that it is at, and those that are selected. Labels and all else are the session's.</summary>
internal sealed class StudioTab(StudioSession session)
{
    /// <summary>How many rows stand beside each other.</summary>
    public const int Columns = 3;

    private const int Page = 4 * Columns;
    private readonly HashSet<int> _selected = [];
    private int _place;
    private int? _anchor;

    /// <summary>What all pages share.</summary>
    public StudioSession Session => session;

    /// <summary>What there was when the page was drawn.</summary>
    public StudioState State { get; private set; } = session.State;

    /// <summary>Which rows are listed.</summary>
    public RowFilter Filter { get; private set; }

    /// <summary>The rows that are listed.</summary>
    public IReadOnlyList<int> List { get; private set; } = RowLists.Of(session.State, RowFilter.All);

    /// <summary>The rows that are selected.</summary>
    public IReadOnlySet<int> Selected => _selected;

    /// <summary>The row that the page is at; null before there is one.</summary>
    public int? Current { get; private set; }

    /// <summary>Changes with the selection, so that who draws it knows.</summary>
    public int Version { get; private set; }

    /// <summary>The rows that a label goes to: those selected, else the one that the page is at.</summary>
    public IReadOnlyList<int> Targets => _selected.Count > 0 ? [.. _selected.Order()] : Current is { } row ? [row] : [];

    /// <summary>Takes up what the session is now. Where the current row is listed no more, the one in its place is current.</summary>
    public void Refresh()
    {
        State = session.State;
        List = RowLists.Of(State, Filter);
        if (Current is { } row && !List.Contains(row) && _selected.Count == 0)
            Current = List.Count > 0 ? List[Math.Min(_place, List.Count - 1)] : null;
        Version++;
    }

    /// <summary>Lists other rows.</summary>
    public void Show(RowFilter filter)
    {
        Filter = filter;
        _selected.Clear();
        (Current, _place, _anchor) = (null, 0, null);
        if (filter == RowFilter.Next)
            session.Suggest();
        Refresh();
        if (filter != RowFilter.All && List.Count > 0)
            Current = List[0];
    }

    /// <summary>Goes to a row, by the mouse.</summary>
    /// <param name="row">The row.</param>
    /// <param name="adds">Whether it joins or leaves the selection.</param>
    /// <param name="extends">Whether all from the last one up to it are selected.</param>
    public void Click(int row, bool adds, bool extends)
    {
        if (extends && _anchor is { } anchor)
            SelectBetween(anchor, row);
        else
            Toggle(row, adds);
        GoTo(row);
    }

    /// <summary>Selects rows, as the lasso does.</summary>
    public void Select(IEnumerable<int> rows, bool adds)
    {
        if (!adds)
            _selected.Clear();
        _selected.UnionWith(rows.Where(row => row >= 0 && row < State.Rows.Count));
        Version++;
    }

    /// <summary>Gives the targets a label and, where it was a single row that none was selected for, goes on to the next.</summary>
    public void Label(string? label)
    {
        var single = _selected.Count == 0;
        var (before, place) = (List, _place);
        session.Label(Targets, label);
        _selected.Clear();
        Refresh();
        if (single && ReferenceEquals(before, List) is false && Current is { } row && List.Count > place && List[place] == row && Filter is RowFilter.All or RowFilter.Labelled)
            Move(1, extends: false);
    }

    /// <summary>Does what a key stands for.</summary>
    /// <returns>Whether it stands for anything.</returns>
    public bool Press(string key, bool control, bool shift)
    {
        switch (key)
        {
            case "z" or "Z" when control:
                (shift ? (Action)session.Redo : session.Undo)();
                break;
            case "y" when control:
                session.Redo();
                break;
            case "a" when control:
                Select(List, adds: true);
                break;
            case "ArrowRight" or "ArrowLeft":
                Move(key == "ArrowRight" ? 1 : -1, shift);
                break;
            case "ArrowDown" or "ArrowUp":
                Move(key == "ArrowDown" ? Columns : -Columns, shift);
                break;
            case "PageDown" or "PageUp":
                Move(key == "PageDown" ? Page : -Page, shift);
                break;
            case "Home" or "End":
                Move(key == "Home" ? -List.Count : List.Count, shift);
                break;
            case " " when Current is { } row:
                Toggle(row, adds: true);
                break;
            case "Escape":
                Select([], adds: false);
                break;
            case "Delete" or "Backspace" or "0":
                Label(null);
                break;
            case [>= '1' and <= '9'] when !control && key[0] - '1' < State.Classes.Count:
                Label(State.Classes[key[0] - '1']);
                break;
            default:
                return false;
        }

        return true;
    }

    private void GoTo(int row)
    {
        (Current, _place) = (row, Math.Max(0, List.IndexOf(row)));
        Version++;
    }

    private void Move(int by, bool extends)
    {
        if (List.Count == 0)
            return;
        var from = Current is { } row && List.IndexOf(row) is >= 0 and var place ? place : by > 0 ? -1 : List.Count;
        var to = List[Math.Clamp(from < 0 || from >= List.Count ? Math.Min(_place, List.Count - 1) : from + by, 0, List.Count - 1)];
        if (extends)
        {
            _anchor ??= Current ?? to;
            SelectBetween(_anchor.Value, to);
        }
        else
        {
            _anchor = null;
        }

        GoTo(to);
    }

    private void Toggle(int row, bool adds)
    {
        var was = _selected.Contains(row);
        if (!adds)
            _selected.Clear();
        if (was)
            _selected.Remove(row);
        else
            _selected.Add(row);
        _anchor = row;
        Version++;
    }

    private void SelectBetween(int one, int other)
    {
        var (from, to) = (List.IndexOf(one), List.IndexOf(other));
        if (from < 0 || to < 0)
            return;
        _selected.Clear();
        _selected.UnionWith(List.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1));
        Version++;
    }
}
