#!/usr/bin/env python3
"""Which nouns go with which determiners: `src/lang/concord/*.txt`, learnt from public text.

    tools/concord.py MONO [BIBLE] [tag…]

MONO is a folder of `<tag>.txt.gz`, a sentence a line; BIBLE a table with a column a language. The last 500 lines of each
file are left out, to measure on. A determiner is written with the classes of nouns that it stands before (`die:fp`);
a `+` marks those that are pronouns too, which teach nothing alone; `~` begins an ending, `_` joins two words. A noun has the
class that fits nearly all its determiners while each other class fails to fit three of them or more.
"""

import collections
import csv
import gzip
import pathlib
import re
import sys

# Classes: m f n are singular genders, c the common one; M F N P the plurals.
DETERMINERS = {
    "es": "el:m +la:f +los:M +las:F un:m y_un:mM una:f y_una:fF unos:M unas:F +este:m +esta:f +estos:M +estas:F +ese:m +esa:f +esos:M +esas:F del:m al:m +aquel:m +aquella:f aquellos:M aquellas:F nuestro:m nuestra:f nuestros:M nuestras:F +otro:m +otra:f +otros:M +otras:F +mucha:f +muchos:M +muchas:F algún:m +alguna:f +algunos:M +algunas:F ningún:m +ninguna:f primer:m +primera:f +primeros:M +primeras:F nueva:f nuevos:M nuevas:F última:f últimos:M últimas:F +varios:M +varias:F +misma:f +mismos:M +mismas:F segundo:m +segunda:f tercer:m tercera:f próximo:m próxima:f próximos:M próximas:F antiguo:m antigua:f antiguos:M antiguas:F propio:m propia:f propios:M propias:F pequeño:m pequeña:f pequeños:M pequeñas:F",
    "pt": "+o:m +os:M +as:F um:m e_um:mM uma:f e_uma:fF uns:M umas:F +este:m +esta:f +estes:M +estas:F +esse:m +essa:f +esses:M +essas:F +aquele:m +aquela:f do:m da:f dos:M das:F no:m na:f  nas:F ao:m à:f aos:M às:F pelo:m pela:f pelos:M pelas:F num:m numa:f nosso:m nossa:f nossos:M nossas:F seu:m sua:f seus:M suas:F +outro:m +outra:f +outros:M +outras:F +muitos:M +muitas:F algum:m alguma:f +alguns:M +algumas:F nenhum:m +nenhuma:f +primeiro:m +primeira:f +primeiros:M +primeiras:F nova:f novos:M novas:F última:f últimos:M últimas:F +vários:M +várias:F próprio:m própria:f pequeno:m pequena:f pequenos:M pequenas:F antigo:m antiga:f antigos:M antigas:F",
    "it": "il:m +lo:m +la:f i:M +gli:M +le:F un:m +uno:m una:f del:m dello:m della:f dei:M degli:M delle:F al:m allo:m alla:f ai:M agli:M alle:F nel:m nello:m nella:f nei:M negli:M nelle:F dal:m dallo:m dalla:f dai:M dagli:M dalle:F sul:m sulla:f sui:M sulle:F +questo:m +questa:f +questi:M +queste:F +quel:m +quella:f quei:M quegli:M +quelle:F +nostro:m +nostra:f +nostri:M +nostre:F +suo:m +sua:f +suoi:M +sue:F +altro:m +altra:f +altri:M +altre:F +molti:M +molte:F +alcuni:M +alcune:F +primo:m +primi:M +prime:F nuova:f nuovi:M nuove:F +ultimo:m +ultima:f +ultimi:M +ultime:F +stesso:m +stessa:f +stessi:M +stesse:F piccolo:m piccola:f piccoli:M piccole:F",
    "fr": "+le:m +la:f +les:MF un:m une:f du:m des:MF au:m aux:MF +ce:m cette:f ces:MF sa:f ma:f ta:f ses:MF mes:MF leurs:MF nos:MF vos:MF +plusieurs:MF quelques:MF +certains:M +certaines:F +aucun:m +aucune:f petit:m petite:f petits:M petites:F grande:f grands:M grandes:F nouvelle:f nouveaux:M nouvelles:F +premier:m +première:f +premiers:M +premières:F +dernier:m +dernière:f +derniers:M +dernières:F bon:m bonne:f bons:M bonnes:F ancien:m ancienne:f +seul:m +seule:f +toute:f quel:m quelle:f quels:M quelles:F et_un:mM et_une:fF",
    "de": "+der:mfP +die:fP +den:mP +des:mn eine:f einer:f einen:m einem:mn eines:mn ein:mn keine:fP keinen:mP kein:mn zur:f zum:mn im:mn am:mn beim:mn vom:mn ins:n ans:n aufs:n dieser:mfP diese:fP dieses:mn diesem:mn diesen:mP jede:f jeder:mf jedes:mn jeden:m jedem:mn meine:fP seine:fP ihre:fP unsere:fP seiner:fP ihrer:fP seinen:mP ihren:mP seinem:mn ihrem:mn mein:mn meiner:fP meinen:mP meinem:mn unserem:mn unseren:mP welche:fP welcher:mfP der_einen:mfnP dieser_einen:mfnP die_einen:mfnP den_einen:mfnP",
    "nl": "+de:cP een:cn +deze:cP +dit:n elke:c +elk:n iedere:c ieder:n onze:cP ons:n welke:cP welk:n van_het:n in_het:n op_het:n met_het:n voor_het:n bij_het:n uit_het:n naar_het:n over_het:n door_het:n tegen_het:n onder_het:n",
    "el": "ο:m η:f +το:n +τον:m +την:f +τη:f +του:mn +της:f οι:MF +τα:N +τους:M +τις:F ένας:m έναν:m μια:f μία:f στον:m στην:f στη:f στο:n στους:M στις:F στα:N ενός:mn μιας:f κάποιος:m κάποια:fN",
    "ro": "un:m +o:f unui:m unei:f +acest:m +această:f +acești:M +aceste:F acel:m acea:f acei:M acele:F acestui:m acestei:f niciun:m nicio:f vreun:m vreo:f +doi:M +două:F +mulți:M +multe:F +primul:m +prima:f câțiva:M câteva:F",
    "bg": "+един:m +една:f +едно:n +този:m +тази:f +тези:P онзи:m онази:f +всеки:m +всяка:f всяко:n нов:m нова:f ново:n нови:P голям:m голяма:f голямо:n големи:P малък:m малка:f малко:nP малки:P нашата:f нашият:m нашето:n нашите:P първата:f първият:m първото:n първите:P новата:f новият:m новото:n новите:P старата:f старият:m старото:n старите:P цялата:f целият:m цялото:n +друг:m +друга:f +друго:n +други:P",
    "ru": "этот:m эта:f эти:P тот:m каждый:m каждая:f каждое:n такой:m такая:f такое:n такие:P наш:m наша:f наше:n наши:P мой:m моя:f моё:n мое:n мои:P весь:m вся:f один:m одна:f одно:n ~ный:m ~ная:f ~ное:n ~ные:P ~ский:m ~ская:f ~ское:n ~ские:P ~вый:m ~овая:f ~евая:f ~вое:n ~вые:P ~нный:m ~кий:m ~кая:f ~кое:n ~кие:P впервые:mfnP",
}
# Of either gender: adjectives before nouns, and nouns with two meanings.
BOTH = set(
    "migliore peggiore maggiore minore grande breve possible possível potencial simple simples grave triste jeune "
    "finale fine fronte capitale morale comune generale centrale nazionale locale mobile ordine radio eco fiume tema "
    "capital final central geral moral guarda guia rádio caixa grama nacional local rosa cura língua cólera lotação "
    "frente orden cometa editorial corte guardia guía pendiente parte margen mar policía general cabeza doble coma "
    "livre tour mode poste page voile somme manche moule mémoire critique garde physique politique mort vase aide guide "
    "parallèle pendule solde trompette enseigne orange merci finale crêpe espace œuvre amour orgue délice pupille "
    "see band leiter steuer kiefer tau tor erbe gehalt verdienst moment teil meter virus kunde bauer heide hut flur schild "
    "mark weise bund mast otter gefallen ekel mensch taube bal punt blik hof jacht pad patroon soort stof tocht deel "
    "portier diamant idee souris tiers alta pacientes jovens "
    "algemene arme cruciale democratische dode dubbele duidelijke echte economische gezonde grotere gunstige heilige historische jonge menselijke "
    "moeilijke mooie nationale ongelovige politieke rijke slechte technische witte zwakke zware daartoe die mee terdege over betreft van maar anderen".split()
)
# Classes that are told, where others are too often something else besides.
TOLD = {"ru": "mfn", "de": "mfn", "nl": "cn"}


def sentences(tag, mono, bible):
    lines = [line for line in gzip.open(f"{mono}/{tag}.txt.gz", "rt", encoding="utf-8").read().split("\n") if line.strip()]
    yield from lines[:-500]
    if bible and tag not in ("pt", "uk", "cs", "bg"):
        for row in csv.DictReader(gzip.open(bible, "rt", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            if row.get(tag):
                yield row[tag]


def main():
    mono = sys.argv[1]
    bible = sys.argv[2] if len(sys.argv) > 2 and sys.argv[2].endswith(".gz") else None
    tags = [argument for argument in sys.argv[2:] if argument in DETERMINERS] or list(DETERMINERS)
    folder = pathlib.Path(__file__).resolve().parent.parent / "src/lang/concord"
    for tag in tags:
        words, endings, unsure = {}, {}, set()
        for entry in DETERMINERS[tag].split():
            word, classes = entry.rsplit(":", 1)
            if word.startswith("+"):
                word = word[1:]
                unsure.add(word)
            if word.startswith("~"):
                endings[word[1:]] = classes
            else:
                words[word.replace("_", " ")] = classes
        counts = collections.defaultdict(collections.Counter)
        pure = collections.Counter()
        for line in sentences(tag, mono, bible):
            tokens = list(re.finditer(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", line))
            for n in range(1, len(tokens)):
                before, noun = tokens[n - 1], tokens[n]
                if line[before.end():noun.start()] != " ":
                    continue
                if tag == "de" and not noun.group()[0].isupper() or tag != "de" and noun.group()[0].isupper():
                    continue
                if n > 1 and "," in line[tokens[n - 2].end():before.start()]:
                    continue
                word = before.group().lower()
                two = (tokens[n - 2].group() + " " + before.group()).lower() if n > 1 else ""
                classes = words.get(two) or words.get(word)
                if not classes:
                    if word == noun.group().lower():
                        continue
                    found = [e for e in endings if word.endswith(e) and len(word) > len(e) + 1]
                    classes = endings[max(found, key=len)] if found else None
                if classes:
                    counts[noun.group().lower()][classes] += 1
                    pure[noun.group().lower()] += word not in unsure or two in words
        every = sorted({c for classes in [*words.values(), *endings.values()] for c in classes})
        told = TOLD.get(tag, every)
        out = collections.defaultdict(list)
        by_ending = collections.defaultdict(collections.Counter)
        of_noun = {}
        for noun, seen in counts.items():
            total = sum(seen.values())
            if len(noun) < 3 or noun in words or noun in BOTH or noun.endswith("virus"):
                continue
            fits = {c: sum(k for classes, k in seen.items() if c in classes) for c in every}
            best = max(every, key=lambda c: fits[c])
            if total >= 3 and pure[noun] >= 2 and fits[best] >= 0.97 * total:
                # A verb used as a noun is a verb elsewhere: Dutch *gaan*.
                if tag == "nl" and best == "n" and noun.endswith(("en", "aan")):
                    continue
                if all(total - fits[c] >= 3 for c in every if c != best) and best in told:
                    out[best].append(noun)
            # One sure determiner is enough to say what an ending goes with.
            fitting = [c for c in every if fits[c] == total]
            of_noun[noun] = fitting
            if pure[noun]:
                for length in (2, 3, 4, 5):
                    if len(noun) >= length + 3:
                        for c in every:
                            by_ending[noun[-length:]][c] += c in fitting
                        by_ending[noun[-length:]]["all"] += 1
                        by_ending[noun[-length:]]["sure"] += len(fitting) == 1
        ends = {}
        for ending, seen in by_ending.items():
            for c in told:
                others = max(seen[o] for o in every if o != c)
                if seen["all"] >= 30 and seen[c] >= 0.985 * seen["all"] and others <= 0.5 * seen["all"] and seen["sure"] >= 12:
                    ends[ending] = c
        # What a shorter ending says need not be said again.
        kept = {e: c for e, c in ends.items() if not any(ends.get(e[-n:]) == c for n in range(2, len(e)))}
        listed = {noun for nouns in out.values() for noun in nouns}
        strays = []
        for noun, fitting in of_noun.items():
            found = [noun[-n:] for n in (5, 4, 3, 2) if noun[-n:] in kept and len(noun) >= n + 2]
            if found and noun not in listed and kept[found[0]] not in fitting:
                strays.append(noun)
        lines = [DETERMINERS[tag]]
        lines.append(" ".join(f"{e}:{kept[e]}" for e in sorted(kept)))
        lines.append("? " + " ".join(sorted(strays)))
        lines += [f"{c} {' '.join(sorted(out[c]))}" for c in sorted(out)]
        (folder / f"{tag}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(tag, {c: len(out[c]) for c in sorted(out)}, kept, len(strays))


main()
