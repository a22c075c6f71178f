#ifndef LOCKSTEP_CYAML_H
#define LOCKSTEP_CYAML_H

#include <yaml.h>

#endif
