using System.Globalization;
using Engine.Tests.Memory;

// Run by tests of memory, under a limit.
switch (args)
{
    case ["train", var path]:
        Console.WriteLine(TextChain.Train(path).ToString(CultureInfo.InvariantCulture));
        return 0;
    case ["hold", var path]:
        Console.WriteLine(TextChain.Hold(path));
        return 0;
    default:
        Console.Error.WriteLine("usage: Engine.Tests train|hold FILE");
        return 2;
}
